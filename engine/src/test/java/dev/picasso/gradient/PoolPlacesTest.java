package dev.picasso.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the gradient of a max pooling goes, against the pooling that tells the places. */
class PoolPlacesTest {
  private static final Shape SHAPE = Shape.of(2, 32, 14, 18);

  /** Few different numbers, so that most windows have several maxima. */
  @ParameterizedTest
  @ValueSource(floats = {1, 0x1p100f, 1e-30f, Float.MIN_VALUE})
  void theFirstOfSeveralMaximaGetsAll(float step) {
    Random random = new Random(3);
    float[] pixels = new float[(int) SHAPE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (random.nextInt(5) - 2) * step;
    }
    check(pixels);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, 1, Float.MIN_NORMAL})
  void ofNeighbouringFloatsTheLargerIsFound(float around) {
    Random random = new Random(4);
    float[] pixels = new float[(int) SHAPE.size()];
    for (int i = 0; i < pixels.length; i++) {
      int steps = random.nextInt(3);
      pixels[i] = around;
      for (int s = 0; s < steps; s++) {
        pixels[i] = Math.nextUp(pixels[i]);
      }
    }
    check(pixels);
  }

  private static void check(float[] pixels) {
    check(pixels, Attributes.of("kernel_shape", new long[] {2, 2}));
    check(
        pixels,
        Attributes.of("kernel_shape", new long[] {3, 3}).with("pads", new long[] {1, 1, 1, 1}));
    check(
        pixels,
        Attributes.of("kernel_shape", new long[] {3, 3}).with("pads", new long[] {1, 1, 0, 0}));
  }

  private static void check(float[] pixels, Attributes windows) {
    Tensor x = Tensor.of(pixels, SHAPE.dims());
    float[] fast = gradient(DataType.FLOAT, windows, x);
    float[] told = gradient(DataType.DOUBLE, windows, x);
    for (int i = 0; i < told.length; i++) {
      // Zero of either sign.
      assertThat(fast[i] + 0f).as("pixel %s of %s", i, windows).isEqualTo(told[i] + 0f);
    }
  }

  private static float[] gradient(DataType type, Attributes windows, Tensor pixels) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", type, SHAPE);
    Value y = g.op("MaxPool", windows.with("strides", new long[] {2, 2}), x);
    Graph graph = g.build(y);
    Value dy = g.input("dy", type, y.shape());
    float[] arriving = new float[(int) y.shape().size()];
    for (int i = 0; i < arriving.length; i++) {
      arriving[i] = 1 + i % 7;
    }
    Value dx =
        new Differentiator(RuleSet.plain())
            .gradients(g, graph, y.name(), dy, List.of(x.name()))
            .get(0);
    Graph derived = g.build(dx);
    // Doubles have no blocks and go the long way.
    assertThat(derived.nodes().stream().anyMatch(n -> n.op().equals("ScatterElements")))
        .isEqualTo(type == DataType.DOUBLE);
    Tensor dys = Tensor.of(arriving, y.shape().dims());
    // The blocks are the optimizer's.
    try (CompiledGraph program = CompiledGraph.of(derived, RuntimeOptions.defaults())) {
      return program
          .run(Map.of("x", pixels.as(type), "dy", dys.as(type)))
          .get(dx.name())
          .as(DataType.FLOAT)
          .floats();
    }
  }
}
