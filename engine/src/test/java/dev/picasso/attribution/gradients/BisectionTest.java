package dev.picasso.attribution.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class BisectionTest {
  private static float[] floats(double[] at, DoubleUnaryOperator f) {
    float[] values = new float[at.length];
    for (int i = 0; i < at.length; i++) {
      values[i] = (float) f.applyAsDouble(at[i]);
    }
    return values;
  }

  private static Bisection done(
      DoubleUnaryOperator score, DoubleUnaryOperator slope, int first, int most) {
    double[] at = Quadrature.TRAPEZOID.of(first).points();
    Bisection bisection = new Bisection(at, floats(at, score), floats(at, slope), most);
    for (double[] next = bisection.next(); next.length > 0; next = bisection.next()) {
      assertThat(next).isSorted().hasSizeLessThanOrEqualTo(8);
      bisection.add(next, floats(next, score), floats(next, slope));
    }
    return bisection;
  }

  private static double integral(Quadrature.Rule rule, DoubleUnaryOperator f) {
    double sum = 0;
    for (int i = 0; i < rule.points().length; i++) {
      sum += rule.weights()[i] * f.applyAsDouble(rule.points()[i]);
    }
    return sum;
  }

  /** A line that bends at .3 and .7; between its bends no place is needed. */
  @Test
  void placesGatherWhereTheRuleMisses() {
    DoubleUnaryOperator slope = a -> a < .3 ? 0 : a < .7001 ? 10 : -3;
    DoubleUnaryOperator score =
        a -> a < .3 ? 0 : a < .7001 ? 10 * (a - .3) : 4.001 - 3 * (a - .7001);
    Bisection bisection = done(score, slope, 4, 200);
    Quadrature.Rule rule = bisection.rule();
    assertThat(rule.points()).isSorted().startsWith(0).endsWith(1).doesNotHaveDuplicates();
    assertThat(Arrays.stream(rule.weights()).sum()).isCloseTo(1, within(1e-12));
    assertThat(integral(rule, slope)).isCloseTo(3.1013, within(.0156));
    assertThat(Arrays.stream(rule.points()).filter(a -> a > .4 && a < .6).count())
        .isLessThan(Arrays.stream(rule.points()).filter(a -> a > .2 && a < .4).count());
  }

  @Test
  void whatIsNearEnoughStaysAsItIs() {
    assertThat(done(a -> a * a, a -> 2 * a, 10, 200).rule().points())
        .isEqualTo(Quadrature.TRAPEZOID.of(10).points());
  }

  @Test
  void thereAreNeverMoreStepsThanThereMayBe() {
    DoubleUnaryOperator score = a -> a + Math.sin(3e4 * a * a);
    assertThat(done(score, a -> 1 + 6e4 * a * Math.cos(3e4 * a * a), 50, 171).steps())
        .isEqualTo(171);
  }

  /** Two jumps that no slope tells of: four times the places miss as much. */
  @Test
  void itEndsWhereMorePlacesDoNotHelp() {
    assertThat(done(a -> Math.floor(2 * a), a -> 0, 50, 1600).steps()).isBetween(200, 210);
  }

  @Test
  void itEndsWhereAScoreIsNoNumber() {
    assertThat(done(a -> a > .5 ? Double.NaN : a, a -> 1, 50, 1600).steps()).isEqualTo(50);
    assertThat(done(a -> a, a -> a > .5 ? Double.POSITIVE_INFINITY : 0, 50, 1600).steps())
        .isEqualTo(50);
  }

  /** The score ends where it began, far up and down between: the sum is 0, and not to nothing. */
  @Test
  void whatCancelsOutNeedNotBeExact() {
    Bisection bisection =
        done(
            a -> 1e-6 * a + Math.sin(2 * Math.PI * a),
            a -> 1e-6 + 2 * Math.PI * Math.cos(2 * Math.PI * a),
            6,
            1600);
    assertThat(bisection.steps()).isLessThan(60);
  }
}
