package dev.picasso.attribution.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NormalNumbersTest {
  private static final int MANY = 4_000_000;

  private static double[] sorted(long seed) {
    NormalNumbers numbers = new NormalNumbers(seed);
    double[] all = new double[MANY];
    Arrays.setAll(all, i -> numbers.next());
    Arrays.sort(all);
    return all;
  }

  /** Kolmogorov and Smirnov's distance; beyond 1.95 / √n once in a thousand samples. */
  @Test
  void theyAreDistributedNormally() {
    double[] all = sorted(7);
    double most = 0;
    for (int i = 0; i < MANY; i++) {
      most = Math.max(most, Math.abs(below(all[i]) - (i + .5) / MANY));
    }
    assertThat(most).isLessThan(1.95 / Math.sqrt(MANY));
  }

  /** Φ, by the series x + x³/3 + x⁵/(3·5) + … of Marsaglia. */
  private static double below(double x) {
    double term = x;
    double sum = x;
    for (int i = 3; Math.abs(term) > 1e-17; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return .5 + sum * Math.exp(-.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  /** As many beyond each place as there should be, within five standard deviations. */
  @Test
  void theirTailsAreAsLongAsTheyShouldBe() {
    double[] all = sorted(8);
    double[] places = {3, 3.3, 3.6, 4};
    for (double place : places) {
      double expected = MANY * (1 - below(place));
      double above = Arrays.stream(all).filter(x -> x > place).count();
      double under = Arrays.stream(all).filter(x -> x < -place).count();
      assertThat(above).isCloseTo(expected, within(5 * Math.sqrt(expected)));
      assertThat(under).isCloseTo(expected, within(5 * Math.sqrt(expected)));
    }
  }

  @Test
  void neighboursDoNotHangTogether() {
    NormalNumbers numbers = new NormalNumbers(9);
    NormalNumbers others = new NormalNumbers(10);
    double next = 0;
    double beside = 0;
    double before = 0;
    for (int i = 0; i < MANY; i++) {
      double now = numbers.next();
      next += now * before;
      beside += now * others.next();
      before = now;
    }
    assertThat(next / MANY).isCloseTo(0, within(5 / Math.sqrt(MANY)));
    assertThat(beside / MANY).isCloseTo(0, within(5 / Math.sqrt(MANY)));
  }

  /** They are written down, so that every Java must give these. */
  @Test
  void oneSeedGivesTheSameNumbersEverywhere() {
    NormalNumbers numbers = new NormalNumbers(1);
    double[] first = new double[4];
    Arrays.setAll(first, i -> numbers.next());
    assertThat(first)
        .containsExactly(
            -1.3172276822418307, -0.49953925569685365, -0.06506268365143773, 2.2831475400985095);
  }
}
