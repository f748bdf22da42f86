package dev.picasso.run.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortNumbersTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0.00392156862745098 | 1/255",
        "-0.003921568859368563 | -1/255",
        "0.00784313725490196 | 1/127.5",
        "0.0003921568859368563 | 0.000392",
        "3.921568859368563E-4 | 0.000392",
        "[0.485, 0.456, 123.675] | [0.485, 0.456, 123.675]",
        "conv1.12345678x, 0.5 | conv1.12345678x, 0.5",
        "0.0 | 0.0"
      })
  void numbersHaveNoMoreFiguresThanAnybodyWrote(String exact, String shown) {
    assertThat(ShortNumbers.in(exact)).isEqualTo(shown);
  }
}
