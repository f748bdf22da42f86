package dev.picasso.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTextTest {
  @ParameterizedTest(name = "{4}")
  @CsvSource({
    "0.00392156862745098, 0, 0, 1, x = s/255",
    "0.003921569, 0, 0, 1, x = s/255",
    "0.00784313725490196, -1, 0, 1, x = s/127.5 - 1",
    "-0.00392156862745098, 1, 0, 1, x = -s/255 + 1",
    "0.00392156862745098, 0, 0.5, 0.25, x = (s/255 - 0.5) / 0.25",
    "0.00392156862745098, 0, -0.5, 0.25, x = (s/255 + 0.5) / 0.25",
    "1, 0, 0.1 0.2 0.3, 1, 'x = s - [0.1, 0.2, 0.3]'",
    "1, 0, -0.1 -0.2 -0.3, 1, 'x = s + [0.1, 0.2, 0.3]'",
    "0.017, 0, 0, 1, x = s/58.823529"
  })
  void theFormulaHasTheRightSignsAndNumbersThatCanBeRead(
      double scale, double offset, String mean, String std, String formula) {
    Preprocessing way =
        Preprocessing.of(4, 4).scaled(scale, offset).normalized(numbers(mean), numbers(std));
    assertThat(PreprocessingText.of(way)).contains("; " + formula + ", s from 0 to 255");
  }

  private static List<Double> numbers(String text) {
    return Arrays.stream(text.split(" ")).map(Double::valueOf).toList();
  }
}
