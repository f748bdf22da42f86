package dev.picasso.attribution.perturbation;

import static dev.picasso.attribution.perturbation.Small.PIXELS;
import static dev.picasso.attribution.perturbation.Small.SIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.SmallModels;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Layout;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RiseTest {
  @TempDir Path folder;

  /** Masks as they are enlarged here, pixel by pixel. */
  private static final class Masks {
    private final Enlargement down;
    private final Enlargement across;
    private final RandomMasks random;

    Masks(int height, int width, int grid, double keep, long seed) {
      down = Enlargement.of(height, grid);
      across = Enlargement.of(width, grid);
      random = new RandomMasks(down.places(), across.places(), grid, keep, seed);
    }

    float[] next() {
      return enlarged(random.next());
    }

    float[] enlarged(RandomMasks.Drawn drawn) {
      float[] mask = new float[down.length() * across.length()];
      for (int i = 0; i < mask.length; i++) {
        int y = drawn.down() * down.length() + i / across.length();
        int x = drawn.across() * across.length() + i % across.length();
        double sum = 0;
        for (int a = 0; a < 2; a++) {
          for (int b = 0; b < 2; b++) {
            int cell = down.cell()[a][y] * across.cells() + across.cell()[b][x];
            sum += down.share()[a][y] * across.share()[b][x] * drawn.cells()[cell];
          }
        }
        mask[i] = (float) sum;
      }
      return mask;
    }
  }

  /** The mean of p · m and its error, added up pixel by pixel; by cells they are the same. */
  @ParameterizedTest
  @CsvSource({"7, 5, 3", "6, 9, 2", "5, 5, 1", "8, 8, 8", "4, 11, 6"})
  void meansAndErrorsAreThoseOfTheMasksThemselves(int height, int width, int grid) {
    Masks masks = new Masks(height, width, grid, .5, 3);
    MaskMeans means = new MaskMeans(masks.down, masks.across);
    int count = 50;
    double[] sums = new double[height * width];
    double[] squares = new double[height * width];
    for (int k = 0; k < count; k++) {
      RandomMasks.Drawn drawn = masks.random.next();
      float[] mask = masks.enlarged(drawn);
      double number = Math.sin(k);
      means.add(drawn, number);
      for (int i = 0; i < mask.length; i++) {
        sums[i] += number * mask[i];
        squares[i] += number * mask[i] * number * mask[i];
      }
    }
    float[] map = means.map(.5);
    float[] error = means.error(.5);
    for (int i = 0; i < map.length; i++) {
      double mean = sums[i] / count;
      double variance = (squares[i] / count - mean * mean) / (count - 1);
      assertThat((double) map[i]).isCloseTo(2 * mean, within(1e-6));
      assertThat((double) error[i]).isCloseTo(2 * Math.sqrt(variance), within(1e-6));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NCHW", "NHWC"})
  void theModelSeesThePictureUnderTheMasks(Layout layout) throws IOException {
    boolean first = layout == Layout.NCHW;
    Shape shape = first ? Shape.of(Shape.BATCH, 3, 6, 5) : Shape.of(Shape.BATCH, 6, 5, 3);
    Model model = SmallModels.of(folder, shape, (g, x) -> g.reshape(x, -1, 90));
    float[] x = new float[90];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.cos(i);
    }
    Masks masks = new Masks(6, 5, 4, .5, 3);
    List<RandomMasks.Drawn> drawn = Stream.generate(masks.random::next).limit(9).toList();
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      MaskedPictures program = new MaskedPictures(explainer.imageInput(), 4, List.of());
      Tensor image = Tensor.of(x, shape.withBatch(1).dims());
      Predictions seen =
          explainer.predictions(explainer.run(program, 9, program.inputs(image, drawn)));
      for (int k = 0; k < drawn.size(); k++) {
        float[] mask = masks.enlarged(drawn.get(k));
        for (int i = 0; i < x.length; i++) {
          float expected = x[i] * mask[first ? i % 30 : i / 3];
          assertThat(seen.score(k, i)).isCloseTo(expected, within(1e-6f));
        }
      }
    }
  }

  /** E[f(x ⊙ m) m] / keep = Σ_j w_j x_j E[m_j m] / keep; the moments come from other masks. */
  @Test
  void ofALinearModelItIsWhatTheMasksHaveInCommon() throws IOException {
    float[] w = Small.random(1);
    float[] x = Small.random(2);
    Maps maps =
        Small.explain(new Rise(4000, 3, .4, 5, false), Small.linear(folder, w), Small.images(x), 0);
    int many = 20_000;
    double[] expected = new double[PIXELS];
    Masks masks = new Masks(SIDE, SIDE, 3, .4, 99);
    for (int k = 0; k < many; k++) {
      float[] mask = masks.next();
      double f = 0;
      for (int j = 0; j < PIXELS; j++) {
        f += w[j] * x[j] * mask[j];
      }
      for (int i = 0; i < PIXELS; i++) {
        expected[i] += f * mask[i] / many / .4;
      }
    }
    float[] values = maps.values().floats();
    float[] errors = maps.error().orElseThrow().floats();
    for (int i = 0; i < PIXELS; i++) {
      double both = errors[i] * Math.sqrt(1 + 4000. / many);
      assertThat((double) values[i]).isEqualTo(expected[i], within(5 * both));
      assertThat(both).isLessThan(.05);
    }
  }

  @Test
  void oneSeedGivesOneMapAndOthersDifferByTheirErrors() throws IOException {
    Model model = Small.sigmoid(folder, Small.random(1));
    float[] x = Small.random(2);
    Maps first = Small.explain(new Rise(1000, 4, .5, 1, false), model, Small.images(x), 1);
    Maps again = Small.explain(new Rise(1000, 4, .5, 1, false), model, Small.images(x), 1);
    assertThat(again.values().floats()).isEqualTo(first.values().floats());
    double mean =
        IntStream.range(2, 12)
            .mapToDouble(
                seed ->
                    Small.distance(
                        first,
                        Small.explain(
                            new Rise(1000, 4, .5, seed, false), model, Small.images(x), 1)))
            .average()
            .orElseThrow();
    assertThat(mean).isBetween(.5, 1.5);
  }

  @Test
  void imagesBesideOthersComeOutAsAlone() throws IOException {
    Model model = Small.sigmoid(folder, Small.random(1));
    Rise rise = new Rise(100, 4, .5, 1, false);
    float[] both =
        Small.explain(rise, model, Small.images(Small.random(2), Small.random(3)), 0, 1)
            .values()
            .floats();
    assertThat(Arrays.copyOfRange(both, PIXELS, 2 * PIXELS))
        .containsExactly(Small.map(rise, model, Small.random(3), 1), within(1e-6f));
  }

  @Test
  void whereTheStrongestTenthStaysItStopsEarly() throws IOException {
    float[] w = new float[PIXELS];
    Arrays.fill(w, 0, 2, 1f);
    float[] x = new float[PIXELS];
    Arrays.fill(x, 1);
    Model model = Small.sigmoid(folder, w);
    Maps stopped = Small.explain(new Rise(4000, 4, .5, 1, true), model, Small.images(x), 1);
    int masks = Integer.parseInt(stopped.notes().get(0).replace(" masks", ""));
    assertThat(masks).isIn(500, 1000, 2000);
    assertThat(stopped.values().floats())
        .isEqualTo(Small.map(new Rise(masks, 4, .5, 1, false), model, x, 1));
  }

  @Test
  void eachRowStopsForItself() throws IOException {
    float[] w = Small.random(1);
    float[] x = Small.random(2);
    Model model = Small.sigmoid(folder, w);
    Rise rise = new Rise(2000, 4, .5, 1, true);
    Maps both = Small.explain(rise, model, Small.images(x).each(2), 0, 1);
    for (int row = 0; row < 2; row++) {
      Maps alone = Small.explain(rise, model, Small.images(x), row);
      assertThat(both.notes().get(row)).isEqualTo(alone.notes().get(0));
      assertThat(Arrays.copyOfRange(both.values().floats(), row * PIXELS, (row + 1) * PIXELS))
          .isEqualTo(alone.values().floats());
    }
  }

  /** Cells 1 and 0 of a line of two, at six places with half-pixel centres, mirrored. */
  @Test
  void masksAreEnlargedBilinearlyBetweenTheirCells() {
    double[] weightOfSecond = {1 / 3., 0, 1 / 3., 2 / 3., 1, 2 / 3.};
    int[] seen = new int[2];
    Masks masks = new Masks(1, 4, 2, .5, 3);
    for (int k = 0; k < 200; k++) {
      float[] mask = masks.next();
      boolean fits = false;
      for (int shift = 0; shift < 2; shift++) {
        // A height of one is one place of a line of three: rows mix, so that only differences tell.
        double step = mask[1] - mask[0];
        double expected = weightOfSecond[shift + 1] - weightOfSecond[shift];
        double next = mask[2] - mask[1];
        double then = weightOfSecond[shift + 2] - weightOfSecond[shift + 1];
        boolean alike = Math.abs(step * then - next * expected) < 1e-6;
        fits |= alike;
        seen[shift] += alike ? 1 : 0;
      }
      assertThat(fits).isTrue();
    }
    assertThat(seen[0]).isPositive();
    assertThat(seen[1]).isPositive();
  }

  @Test
  void masksKeepWhatTheyAreToKeep() {
    Masks masks = new Masks(13, 9, 5, .3, 3);
    double[] mean = new double[13 * 9];
    for (int k = 0; k < 5000; k++) {
      float[] mask = masks.next();
      for (int i = 0; i < mask.length; i++) {
        assertThat(mask[i]).isBetween(0f, 1f);
        mean[i] += mask[i] / 5000;
      }
    }
    for (double m : mean) {
      assertThat(m).isEqualTo(.3, within(.03));
    }
  }
}
