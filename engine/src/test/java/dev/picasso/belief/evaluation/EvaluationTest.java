package dev.picasso.belief.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.belief.Measure;
import dev.picasso.belief.StudentT;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {
  private static Row row(String image, String method, String measure, double value) {
    return new Row(
        image, image, "cat", .5, method, "deletion", measure, value, Measure.Better.LOWER);
  }

  /** From tables of the distribution. */
  @ParameterizedTest
  @CsvSource({
    "1, 12.7062047",
    "2, 4.3026527",
    "3, 3.1824463",
    "4, 2.7764451",
    "5, 2.5705818",
    "9, 2.2621572",
    "29, 2.0452296",
    "99, 1.9842170",
    "1000, 1.9623391",
    "1000000, 1.9599664",
  })
  void quantilesOfStudentsDistribution(long freedom, double quantile) {
    assertThat(StudentT.quantile(freedom)).isCloseTo(quantile, within(2e-5));
  }

  /** Computed with NumPy from the quantile 2.7764451. */
  @Test
  void aMeanHasStudentsIntervalAndSaysWhereItIsRough() {
    Estimate estimate = Estimate.of(.1, .2, .25, .4, .9);
    assertThat(estimate.mean()).isCloseTo(.37, within(1e-12));
    assertThat(estimate.low()).isCloseTo(-.0216658, within(1e-5));
    assertThat(estimate.high()).isCloseTo(.7616658, within(1e-5));
    assertThat(estimate.doubt().orElse("")).startsWith("the numbers are skewed (1.1)");
  }

  @Test
  void numbersWithoutSkewnessAreNotDoubted() {
    assertThat(Estimate.of(.1, .2, .3).doubt()).isEmpty();
  }

  @Test
  void fewerImagesThanAnIntervalTakesAreSaid() {
    assertThat(Estimate.of(.3).text()).isEqualTo("0.3");
    assertThat(Estimate.of(.3).doubt()).contains("one image; an interval takes two or more");
    assertThat(Estimate.of().text()).isEqualTo("none");
    assertThat(Estimate.of().doubt()).contains("no image has this number");
  }

  /** By Wilson's formula, in NumPy. */
  @ParameterizedTest
  @CsvSource({"7, .5291118, .9775826", "8, .6755925, 1", "0, 0, .3244075"})
  void sharesHaveWilsonsInterval(int ones, double low, double high) {
    double[] all = new double[8];
    java.util.Arrays.fill(all, 0, ones, 1);
    Estimate estimate = Estimate.ofShare(all);
    assertThat(estimate.low()).isCloseTo(low, within(1e-6));
    assertThat(estimate.high()).isCloseTo(high, within(1e-6));
  }

  /** Of 95 % intervals of numbers that are drawn, about 95 of 100 hold the true mean. */
  @Test
  void intervalsHoldTheMeanAsOftenAsTheySay() {
    Random random = new Random(1);
    int held = 0;
    for (int i = 0; i < 4000; i++) {
      Estimate estimate = Estimate.of(random.doubles(12).toArray());
      held += estimate.low() <= .5 && .5 <= estimate.high() ? 1 : 0;
    }
    assertThat(held / 4000.).isBetween(.94, .96);
  }

  /** Rows come in any order; the interval is NumPy's of the differences .1, .05, .2, 0. */
  @Test
  void methodsAreComparedOnTheImagesThatBothHave() {
    Evaluation evaluation = new Evaluation();
    double[] first = {.5, .4, .9, .3, 7};
    double[] second = {.4, .35, .7, .3};
    for (int i = 0; i < 5; i++) {
      evaluation.add(row("image" + i, "grad-cam", "area", first[i]));
    }
    for (int i = 3; i >= 0; i--) {
      evaluation.add(row("image" + i, "rise", "area", second[i]));
    }
    evaluation.add(row("image4", "rise", "area", Double.NaN));
    Difference difference = evaluation.differences().get(0);
    assertThat(difference.name()).isEqualTo("deletion.area");
    assertThat(difference.difference().count()).isEqualTo(4);
    assertThat(difference.difference().mean()).isCloseTo(.0875, within(1e-12));
    assertThat(difference.difference().low()).isCloseTo(-.0483765, within(1e-5));
    assertThat(difference.difference().high()).isCloseTo(.2233765, within(1e-5));
    assertThat(difference.words()).isEqualTo("these images do not tell them apart");
    assertThat(evaluation.images()).isEqualTo(5);
    assertThat(evaluation.means())
        .extracting(m -> m.method() + " " + m.estimate().count())
        .containsExactly("grad-cam 5", "rise 4");
  }

  @ParameterizedTest
  @CsvSource({
    "HIGHER, .1, grad-cam is better",
    "LOWER, .1, rise is better",
    "HIGHER, -.1, rise is better",
    "NEITHER, -.1, rise has more",
  })
  void wordsSayWhichIsBetter(Measure.Better better, double by, String words) {
    Estimate estimate = Estimate.of(by, by * 1.01, by * .99);
    assertThat(new Difference("deletion.area", better, "grad-cam", "rise", estimate).words())
        .isEqualTo(words);
  }

  @Test
  void theDrawingHasADotForEachMeanAndIsXml() throws Exception {
    Evaluation evaluation = new Evaluation();
    for (String method : List.of("lime(kernel=<&\">)", "rise")) {
      evaluation.add(row("a", method, "area", .1));
      evaluation.add(row("b", method, "area", .3));
      evaluation.add(row("b", method, "none", Double.NaN));
    }
    String svg = IntervalDrawing.svg(evaluation.means());
    var document =
        javax.xml.parsers.DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new java.io.ByteArrayInputStream(svg.getBytes("UTF-8")));
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(2);
  }
}
