package dev.picasso.attribution.perturbation;

import static dev.picasso.attribution.perturbation.Small.PIXELS;
import static dev.picasso.attribution.perturbation.Small.SIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Picture;
import dev.picasso.image.segments.Mask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XraiTest {
  @TempDir Path folder;

  private static Mask mask(int... pixels) {
    return Mask.of(6, 1, i -> Arrays.stream(pixels).anyMatch(p -> p == i));
  }

  /**
   * The pair at the left has the highest mean, 4; of the region over the first four pixels the
   * other two have 1 and are next; one pixel alone is too few, and it and the last have their mean.
   */
  @Test
  void regionsComeByTheMeanOfWhatTheyAdd() {
    double[] attribution = {5, 3, 2, 0, 1, -2};
    List<Mask> regions = List.of(mask(0, 1, 2, 3), mask(4), mask(0, 1), mask(3, 5));
    assertThat(RankedRegions.densities(attribution, regions, 2))
        .containsExactly(4, 4, 1, 1, -.5f, -.5f);
  }

  /** Bright in the left half, where the model looks. */
  @Test
  void theMapSumsToTheScoreOverBlackAndWhite() throws IOException {
    float[] w = new float[PIXELS];
    float[] rgb = new float[3 * PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      boolean left = i % SIDE < SIDE / 2;
      w[i] = left ? 1 : 0;
      Arrays.fill(rgb, 3 * i, 3 * i + 3, left ? 200 : 20);
    }
    Tensor x = Small.GREY_0_TO_1.normalize(List.of(Picture.of(SIDE, SIDE, rgb)));
    Maps maps =
        Small.explain(
            new Xrai(10, Xrai.Channels.SUM),
            Small.linear(folder, w),
            Images.of(x, Small.GREY_0_TO_1),
            0);
    float score = 32 * 200 / 255f;
    assertThat(maps.total().orElseThrow().floats()[0]).isEqualTo(score - 16, within(1e-4f));
    assertThat(maps.residuals().orElseThrow()[0]).isLessThan(1e-4);
    float[] map = maps.values().floats();
    assertThat(map[0]).isGreaterThan(map[SIDE - 1]).isPositive();
  }

  @Test
  void withoutPicturesThereIsNoBlackAndNoWhite() throws IOException {
    float[] w = Small.random(1);
    var model = Small.linear(folder, w);
    assertThatThrownBy(() -> Small.map(new Xrai(10, Xrai.Channels.SUM), model, Small.random(2), 0))
        .isInstanceOf(InapplicableException.class)
        .hasMessageContaining("no black");
  }
}
