package dev.picasso.attribution;

import static dev.picasso.attribution.SmallModels.zigzag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several classes of several images, asked together and one by one. */
class SharedForwardTest {
  private static final int SIDE = 8;

  @TempDir Path folder;

  private static Value layers(GraphBuilder g, Value x, long batch) {
    Value kernels = g.constant("k", Tensor.of(zigzag(4 * 3 * 9), 4, 3, 3, 3));
    Value conv =
        g.shaped(
            "Conv",
            Attributes.of("pads", new long[] {1, 1, 1, 1}),
            DataType.FLOAT,
            Shape.of(batch, 4, SIDE, SIDE),
            x,
            kernels);
    Value mean = g.mean(g.relu(conv), false, 2, 3);
    return g.matMul(mean, g.constant("w", Tensor.of(zigzag(12), 4, 3)));
  }

  private Model model(long batch) throws IOException {
    return SmallModels.of(folder, Shape.of(batch, 3, SIDE, SIDE), (g, x) -> layers(g, x, batch));
  }

  static List<Attribution> methods() {
    return Methods.builtIn().all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void mapsOfSeveralClassesAreThoseOfEachAlone(Attribution method) throws IOException {
    for (long batch : new long[] {Shape.BATCH, 1}) {
      try (Explainer explainer = new Explainer(model(batch), RuntimeOptions.defaults())) {
        compare(method, explainer);
      } catch (InapplicableException e) {
        assertThat(e.getMessage()).containsAnyOf("attention", "how pictures become");
      }
    }
  }

  private static void compare(Attribution method, Explainer explainer) {
    Tensor x = Tensor.of(zigzag(2 * 3 * SIDE * SIDE), 2, 3, SIDE, SIDE);
    List<Target> targets =
        List.of(
            new Target.OfClass(0),
            new Target.OfClass(2),
            new Target.Difference(1, 2),
            new Target.OfClass(1),
            new Target.OfClass(1),
            new Target.OfClass(2));
    Images images = Images.of(x).each(3);
    Maps together = method.explain(explainer, images, targets, Progress.NONE);
    for (int row = 0; row < targets.size(); row++) {
      Images one = Images.of(images.row(row));
      Maps alone = method.explain(explainer, one, List.of(targets.get(row)), Progress.NONE);
      float[] expected = alone.values().floats();
      float[] found = Batches.rows(together.values(), row, row + 1).floats();
      float most = 1e-6f;
      for (float v : expected) {
        most = Math.max(most, Math.abs(v));
      }
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i])
            .as("row %d, number %d", row, i)
            .isCloseTo(expected[i], within(1e-4f * most));
      }
    }
  }
}
