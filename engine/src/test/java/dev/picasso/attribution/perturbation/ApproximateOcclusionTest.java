package dev.picasso.attribution.perturbation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.PartialWork;
import dev.picasso.attribution.RegionUse;
import dev.picasso.attribution.SmallModels;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.HeatMap;
import dev.picasso.image.RankCorrelation;
import dev.picasso.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a network whose parts pay, and a smooth picture of 64 × 64. */
class ApproximateOcclusionTest {
  private static final int SIDE = 64;
  @TempDir Path folder;

  private Model model() throws IOException {
    Random random = new Random(6);
    return SmallModels.of(
        folder,
        Shape.of(Shape.BATCH, 3, SIDE, SIDE),
        (g, x) -> {
          Value y = x;
          for (int i = 0; i < 4; i++) {
            y = g.relu(conv(g, y, random, i == 1 ? 2 : 1));
          }
          return g.matMul(g.mean(y, false, 2, 3), g.constant("d", weights(random, 32, 3)));
        });
  }

  private static Value conv(GraphBuilder g, Value x, Random random, long stride) {
    return g.conv(
        x,
        g.constant("w", weights(random, 32, x.dim(1), 3, 3)),
        Optional.empty(),
        Attributes.of("pads", new long[] {1, 1, 1, 1})
            .with("strides", new long[] {stride, stride}));
  }

  private static Tensor weights(Random random, long... dims) {
    float[] w = new float[Math.toIntExact(Shape.of(dims).size())];
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) (random.nextGaussian() * Math.sqrt(2. * dims[0] / w.length));
    }
    return Tensor.of(w, dims);
  }

  private static Images picture() {
    float[] x = new float[3 * SIDE * SIDE];
    for (int i = 0; i < x.length; i++) {
      int row = i / SIDE % SIDE;
      x[i] = (float) (Math.sin(row / 9.) + Math.cos((i % SIDE) / 7. + i / (SIDE * SIDE)));
    }
    return Images.of(Tensor.of(x, 1, 3, SIDE, SIDE));
  }

  private static Occlusion occlusion(RegionUse regions, double share) {
    return new Occlusion(8, 2, "0", 0, regions, share);
  }

  @ParameterizedTest
  @CsvSource({"1, .99", ".6, .98", ".3, .95"})
  void theMapIsNearTheExactOneAndSaysHowNear(double share, double least) throws IOException {
    Model model = model();
    Maps exact = Small.explain(occlusion(RegionUse.AUTO, 1), model, picture().each(2), 0, 2);
    Maps near =
        Small.explain(occlusion(RegionUse.APPROXIMATE, share), model, picture().each(2), 0, 2);
    assertThat(exact.notes()).isEmpty();
    assertThat(exact.meaning()).doesNotContain("approximate");
    assertThat(near.meaning()).endsWith("with the patch hidden, approximate");
    assertThat(near.notes()).hasSize(2).allSatisfy(n -> assertThat(n).contains("of 841 squares"));
    for (int row = 0; row < 2; row++) {
      assertThat(RankCorrelation.of(map(exact, row), map(near, row))).isBetween(least, 1.);
      assertThat(map(near, row).values()).isNotEqualTo(map(exact, row).values());
    }
  }

  private static HeatMap map(Maps maps, int row) {
    int pixels = SIDE * SIDE;
    float[] all = maps.values().floats();
    return HeatMap.of(SIDE, SIDE, Arrays.copyOfRange(all, row * pixels, (row + 1) * pixels));
  }

  @Test
  void aSmallerShareIsExpectedToBeFaster() throws IOException {
    Model model = model();
    double before = 1;
    for (double share : new double[] {1, .3, .15}) {
      PartialWork work = PartialWork.of(model, occlusion(RegionUse.APPROXIMATE, share));
      double gain = work.planned().orElseThrow().gain();
      assertThat(gain).as("share %s", share).isGreaterThan(before);
      before = gain;
    }
  }
}
