package dev.picasso.attribution.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuadratureTest {
  private static double integral(Quadrature.Rule rule, int power) {
    double sum = 0;
    for (int i = 0; i < rule.points().length; i++) {
      sum += rule.weights()[i] * Math.pow(rule.points()[i], power);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 32, 200})
  void gaussLegendreIsExactForPolynomialsOfDegreeBelowTwiceItsPoints(int steps) {
    Quadrature.Rule rule = Quadrature.GAUSS_LEGENDRE.of(steps);
    assertThat(rule.points()).hasSize(steps).isSorted();
    for (int power = 0; power < 2 * steps; power++) {
      assertThat(integral(rule, power)).isCloseTo(1. / (power + 1), within(1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, .5", "4, .34375"})
  void theTrapezoidRuleCountsItsEndsHalf(int steps, double squares) {
    Quadrature.Rule rule = Quadrature.TRAPEZOID.of(steps);
    assertThat(rule.points()).hasSize(steps + 1).startsWith(0).endsWith(1);
    assertThat(rule.weights()[0]).isEqualTo(.5 / steps);
    assertThat(integral(rule, 1)).isCloseTo(.5, within(1e-12));
    assertThat(integral(rule, 2)).isCloseTo(squares, within(1e-12));
  }
}
