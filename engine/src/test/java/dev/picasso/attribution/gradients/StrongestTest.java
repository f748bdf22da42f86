package dev.picasso.attribution.gradients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrongestTest {
  private final double[] rising = IntStream.range(0, 1000).mapToDouble(i -> -i).toArray();

  private static double[] errors(double all) {
    double[] errors = new double[1000];
    Arrays.fill(errors, all);
    return errors;
  }

  @Test
  void aTenthIsSettledWhenItsErrorsAreSmallAgainstWhatSetsItApart() {
    assertThat(Strongest.isSettled(rising, errors(0))).isTrue();
    assertThat(Strongest.isSettled(rising, errors(5))).isTrue();
    assertThat(Strongest.isSettled(rising, errors(50))).isFalse();
    assertThat(Strongest.isSettled(new double[10], new double[10])).as("a flat map").isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, .5", "1, .841345", "-1, .158655", "1.959964, .975", "8, 1"})
  void theNormalDistributionIsKnown(double z, double expected) {
    assertThat(Strongest.normal(z)).isCloseTo(expected, within(3e-4));
  }
}
