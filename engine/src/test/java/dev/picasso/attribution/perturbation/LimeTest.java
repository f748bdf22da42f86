package dev.picasso.attribution.perturbation;

import static dev.picasso.attribution.perturbation.Small.PIXELS;
import static dev.picasso.attribution.perturbation.Small.SIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Maps;
import dev.picasso.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimeTest {
  @TempDir Path folder;

  private static Lime lime(int samples, String fill, int seed) {
    return new Lime(samples, Superpixels.GRID, 16, .25, fill, seed, false);
  }

  /** The square of 2 × 2 pixels in which a pixel is. */
  private static int square(int pixel) {
    return pixel / SIDE / 2 * 4 + pixel % SIDE / 2;
  }

  /** The line is the model, but for the penalty, which shrinks it by less than a hundredth. */
  @Test
  void ofALinearModelARegionHasWhatItAdds() throws IOException {
    float[] w = Small.random(1);
    float[] x = Small.random(2);
    double[] adds = new double[16];
    IntStream.range(0, PIXELS).forEach(i -> adds[square(i)] += w[i] * x[i]);
    float[] map = Small.map(lime(4000, "0", 0), Small.linear(folder, w), x, 0);
    for (int i = 0; i < PIXELS; i++) {
      assertThat((double) map[i]).isEqualTo(adds[square(i)], within(.01));
    }
  }

  @Test
  void aRegionIsHiddenByItsOwnMean() throws IOException {
    float[] w = Small.random(1);
    float[] x = Small.random(2);
    double[] means = new double[16];
    IntStream.range(0, PIXELS).forEach(i -> means[square(i)] += x[i] / 4);
    double[] adds = new double[16];
    IntStream.range(0, PIXELS).forEach(i -> adds[square(i)] += w[i] * (x[i] - means[square(i)]));
    float[] map = Small.map(lime(4000, "own", 0), Small.linear(folder, w), x, 0);
    for (int i = 0; i < PIXELS; i++) {
      assertThat((double) map[i]).isEqualTo(adds[square(i)], within(.01));
    }
  }

  /** A region that alone counts is found by 250 samples, and by 500 again. */
  @Test
  void whereTheStrongestTenthStaysItStopsEarly() throws IOException {
    float[] w = new float[PIXELS];
    float[] x = new float[PIXELS];
    Arrays.fill(x, 1);
    IntStream.range(0, PIXELS).forEach(i -> w[i] = square(i) == 5 ? 1 : square(i) * .02f);
    Model model = Small.linear(folder, w);
    Lime stopping = new Lime(4000, Superpixels.GRID, 16, .25, "0", 1, true);
    Maps maps = Small.explain(stopping, model, Small.images(x), 0);
    assertThat(maps.notes()).containsExactly("500 samples");
    assertThat(maps.values().floats())
        .containsExactly(Small.map(lime(500, "0", 1), model, x, 0), within(1e-6f));
  }

  @Test
  void oneSeedGivesOneMapAndOthersDifferByTheirErrors() throws IOException {
    Model model = Small.sigmoid(folder, Small.random(1));
    float[] x = Small.random(2);
    Maps first = Small.explain(lime(500, "0", 1), model, Small.images(x), 1);
    assertThat(Small.map(lime(500, "0", 1), model, x, 1)).isEqualTo(first.values().floats());
    double mean =
        IntStream.range(2, 22)
            .mapToDouble(
                seed ->
                    Small.distance(
                        first, Small.explain(lime(500, "0", seed), model, Small.images(x), 1)))
            .average()
            .orElseThrow();
    assertThat(mean).isBetween(.6, 1.5);
  }

  @ParameterizedTest
  @EnumSource
  void everyWayToCutGivesNumbers(Superpixels by) throws IOException {
    Model model = Small.sigmoid(folder, Small.random(1));
    float[] map = Small.map(new Lime(50, by, 9, .25, "own", 0, false), model, Small.random(2), 1);
    for (float value : map) {
      assertThat(value).isFinite();
    }
  }
}
