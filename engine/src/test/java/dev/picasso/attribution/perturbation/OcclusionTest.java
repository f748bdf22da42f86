package dev.picasso.attribution.perturbation;

import static dev.picasso.attribution.perturbation.Small.PIXELS;
import static dev.picasso.attribution.perturbation.Small.SIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Methods;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Picture;
import dev.picasso.model.Model;
import dev.picasso.settings.SettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcclusionTest {
  @TempDir Path folder;

  /** The drop of each patch, spread over it; then the mean over the patches on a pixel. */
  @ParameterizedTest
  @CsvSource({"3, 2, 0", "2, 2, 0.25", "4, 1, -1", "5, 4, 0", "20, 8, 0"})
  void aPixelHasTheMeanDropOfThePatchesOverIt(int patch, int stride, float fill)
      throws IOException {
    float[] w = Small.random(1);
    float[] x = Small.random(2);
    float[] map =
        Small.map(
            new Occlusion(patch, stride, String.valueOf(fill), 0), Small.linear(folder, w), x, 0);
    int side = Math.min(patch, SIDE);
    double[] sum = new double[PIXELS];
    int[] count = new int[PIXELS];
    for (int top = 0; top <= SIDE - side; top += stride) {
      for (int left = 0; left <= SIDE - side; left += stride) {
        double drop = 0;
        for (int i = 0; i < PIXELS; i++) {
          drop += inside(i, top, left, side) ? w[i] * (x[i] - fill) : 0;
        }
        for (int i = 0; i < PIXELS; i++) {
          sum[i] += inside(i, top, left, side) ? drop : 0;
          count[i] += inside(i, top, left, side) ? 1 : 0;
        }
      }
    }
    for (int i = 0; i < PIXELS; i++) {
      double expected = count[i] == 0 ? 0 : sum[i] / count[i];
      assertThat(map[i]).as("pixel %d", i).isEqualTo((float) expected, within(1e-5f));
    }
  }

  private static boolean inside(int pixel, int top, int left, int side) {
    int y = pixel / SIDE - top;
    int x = pixel % SIDE - left;
    return y >= 0 && y < side && x >= 0 && x < side;
  }

  @Test
  void rowsOfOneImageAndOfSeveralComeOutAsEachAlone() throws IOException {
    Model model = Small.sigmoid(folder, Small.random(1));
    float[] a = Small.random(2);
    float[] b = Small.random(3);
    Occlusion occlusion = new Occlusion(3, 2, "0", 0);
    float[] maps =
        Small.explain(occlusion, model, Small.images(a, b).each(2), 0, 1, 0, 1).values().floats();
    float[][] alone = {
      Small.map(occlusion, model, a, 0),
      Small.map(occlusion, model, a, 1),
      Small.map(occlusion, model, b, 0),
      Small.map(occlusion, model, b, 1)
    };
    for (int row = 0; row < 4; row++) {
      assertThat(Arrays.copyOfRange(maps, row * PIXELS, (row + 1) * PIXELS))
          .containsExactly(alone[row], within(1e-6f));
    }
  }

  /** Of a picture of grey 51, that is .2 as fed, with a model that sums. */
  @ParameterizedTest
  @CsvSource({
    "grey, 128",
    "black, 0",
    "white, 255",
    "mean, 51",
    "blur, 51",
    "noise, 51",
    " WHITE, 255"
  })
  void aWordIsAPictureBeforePreprocessing(String fill, double level) throws IOException {
    float[] ones = new float[PIXELS];
    Arrays.fill(ones, 1);
    Tensor x = Small.GREY_0_TO_1.normalize(List.of(Picture.grey(SIDE, SIDE, 51)));
    Maps maps =
        Small.explain(
            new Occlusion(4, 4, fill, 7),
            Small.linear(folder, ones),
            Images.of(x, Small.GREY_0_TO_1),
            0);
    float drop = (float) (16 * (51 - level) / 255);
    assertThat(maps.values().floats()).hasSize(PIXELS);
    for (float value : maps.values().floats()) {
      assertThat(value).isEqualTo(drop, within(1e-4f));
    }
    assertThat(maps.meaning()).isEqualTo("drop of the value with the patch hidden");
  }

  @Test
  void aWordNeedsToKnowHowPicturesBecomeArrays() throws IOException {
    Model model = Small.linear(folder, Small.random(1));
    assertThatThrownBy(() -> Small.map(new Occlusion(3, 2, "blur", 0), model, Small.random(2), 0))
        .isInstanceOf(InapplicableException.class)
        .hasMessageContaining("hidden by blur")
        .hasMessageContaining("such as 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gray | Occlusion: fill is gray; it must be a number or one of grey, black, white, mean,"
            + " blur, noise; did you mean grey?",
        "1e99 | Occlusion: fill is 1e99; it must be a number or one of grey, black, white, mean,"
            + " blur, noise.",
        "'' | Occlusion: fill is empty; it must be a number or one of grey, black, white, mean,"
            + " blur, noise."
      })
  void anotherFillIsRefusedByItsName(String fill, String message) {
    Attribution method = Methods.builtIn().get("occlusion");
    assertThatThrownBy(() -> Methods.with(method, Map.of("fill", fill)))
        .isInstanceOfSatisfying(
            SettingException.class,
            e -> assertThat(e.wrong()).extracting(w -> w.setting()).containsExactly("fill"))
        .hasMessage(message);
  }

  @Test
  void tooManyPatchesAreRefused() {
    assertThat(new Occlusion(16, 8, "0", 0).patches(224, 224)).hasSize(27 * 27);
    assertThatThrownBy(() -> new Occlusion(16, 1, "0", 0).patches(1000, 1000))
        .isInstanceOf(InapplicableException.class)
        .hasMessageContaining("970,225 patches");
  }
}
