package dev.picasso.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrongestTenthTest {
  private static final int PLACES = 1000;

  /** Zeros but for so many places from one on, those far apart in strength. */
  private static float[] strong(int from, int count) {
    float[] map = new float[PLACES];
    IntStream.range(from, from + count).forEach(i -> map[i] = (i % 2 == 0 ? 1 : -1) * (1000f + i));
    return map;
  }

  @Test
  void itIsStableWhenNinetyFiveOfAHundredWereThereAtHalf() {
    StrongestTenth tenth = new StrongestTenth(10);
    assertThat(tenth.next()).isEqualTo(10);
    assertThat(tenth.isStable(strong(0, 100))).as("seen for the first time").isFalse();
    assertThat(tenth.next()).isEqualTo(20);
    assertThat(tenth.isStable(strong(6, 100))).as("94 of 100 stayed").isFalse();
    assertThat(tenth.next()).isEqualTo(40);
    assertThat(tenth.isStable(strong(11, 100))).as("95 of 100 stayed").isTrue();
  }

  @Test
  void onlyTheStrongestTenthCounts() {
    float[] first = strong(0, 100);
    float[] second = strong(0, 100);
    IntStream.range(100, PLACES).forEach(i -> second[i] = 900 - i % 7);
    StrongestTenth tenth = new StrongestTenth(1);
    tenth.isStable(first);
    assertThat(tenth.isStable(second)).isTrue();
  }

  @Test
  void aMapWithoutAnyStrengthIsNotStable() {
    StrongestTenth tenth = new StrongestTenth(1);
    float[] nothing = new float[PLACES];
    nothing[3] = Float.NaN;
    for (int i = 0; i < 5; i++) {
      assertThat(tenth.isStable(nothing)).isFalse();
    }
  }

  /**
   * Means of noisy samples of a map that is known. Where it ends, about as much of the tenth is
   * right as it says; noise that all places share changes nothing.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, 50})
  void whatIsStableIsRight(double shared) {
    double right = 0;
    int trials = 20;
    for (int seed = 0; seed < trials; seed++) {
      Random random = new Random(seed);
      double[] sums = new double[PLACES];
      StrongestTenth tenth = new StrongestTenth(10);
      float[] map = new float[PLACES];
      int n = 0;
      do {
        for (; n < tenth.next(); n++) {
          double all = shared * random.nextGaussian();
          for (int i = 0; i < PLACES; i++) {
            sums[i] += 1000 + i + all + 40 * random.nextGaussian();
          }
        }
        for (int i = 0; i < PLACES; i++) {
          map[i] = (float) (sums[i] / n);
        }
      } while (!tenth.isStable(map));
      assertThat(n).isBetween(20, 1280);
      float[] sorted = map.clone();
      Arrays.sort(sorted);
      float least = sorted[PLACES - PLACES / 10];
      right += IntStream.range(PLACES - PLACES / 10, PLACES).filter(i -> map[i] >= least).count();
    }
    assertThat(right / trials / (PLACES / 10)).isBetween(.93, .995);
  }

  /** Of noise alone no tenth is the strongest. */
  @Test
  void noiseAloneIsNeverStable() {
    Random random = new Random(1);
    double[] sums = new double[PLACES];
    StrongestTenth tenth = new StrongestTenth(10);
    int n = 0;
    while (n < 1280) {
      for (; n < tenth.next(); n++) {
        for (int i = 0; i < PLACES; i++) {
          sums[i] += random.nextGaussian();
        }
      }
      float[] map = new float[PLACES];
      for (int i = 0; i < PLACES; i++) {
        map[i] = (float) (sums[i] / n);
      }
      assertThat(tenth.isStable(map)).isFalse();
    }
  }
}
