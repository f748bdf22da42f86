package dev.picasso.attribution.perturbation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.SmallModels;
import dev.picasso.graph.Shape;
import dev.picasso.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoNumberTest {
  @TempDir Path folder;

  static Stream<Attribution> methods() {
    return Stream.of(
        new Occlusion(4, 2, "0", 0),
        new Rise(200, 4, .5, 0, true),
        new Lime(50, Superpixels.GRID, 4, .25, "0", 0, false),
        new KernelShap(16, Superpixels.GRID, 4, "0", 0, false),
        new KernelShap(60, Superpixels.GRID, 16, "0", 0, false));
  }

  /** The second class is the root of a sum that is negative for some of the pictures. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void aClassWithoutNumbersLeavesTheOthersAlone(Attribution method) throws IOException {
    float[] w = Small.random(1);
    float[] x = new float[Small.PIXELS];
    IntStream.range(0, x.length).forEach(i -> x[i] = w[i] > 0 ? 1 : .8f);
    Model model =
        SmallModels.of(
            folder,
            Shape.of(Shape.BATCH, 1, Small.SIDE, Small.SIDE),
            (g, in) -> {
              var sum = SmallModels.linear(g, in, w, 1);
              return g.sigmoid(g.concat(1, List.of(sum, g.sqrt(sum))));
            });
    float[] maps = Small.explain(method, model, Small.images(x).each(2), 0, 1).values().floats();
    for (float value : Arrays.copyOf(maps, Small.PIXELS)) {
      assertThat(value).isFinite();
    }
    assertThat(IntStream.range(Small.PIXELS, 2 * Small.PIXELS).anyMatch(i -> Float.isNaN(maps[i])))
        .isTrue();
  }
}
