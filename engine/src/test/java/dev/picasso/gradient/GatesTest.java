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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where an activation passes a gradient, to the last float, as the runtime computes it. */
class GatesTest {
  private static final float[] EDGES = {
    0,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    3e-40f,
    Float.MIN_NORMAL,
    0x1p-110f,
    1e-20f,
    -1e-20f,
    1,
    -1,
    Math.nextDown(1f),
    Math.nextDown(6f),
    6,
    Math.nextUp(6f),
    7,
    1e20f,
    -1e20f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE
  };

  record Kind(
      String name, BiFunction<GraphBuilder, Value, Value> activation, DoublePredicate passes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("Relu", GraphBuilder::relu, x -> x > 0),
        new Kind("ReLU6", (g, x) -> g.clip(x, 0, 6), x -> x > 0 && x < 6),
        new Kind("a clip to 0..1", (g, x) -> g.clip(x, 0, 1), x -> x > 0 && x < 1),
        new Kind("a clip to -1..1", (g, x) -> g.clip(x, -1, 1), x -> x > -1 && x < 1),
        new Kind("a clip to 1..6", (g, x) -> g.clip(x, 1, 6), x -> x > 1 && x < 6),
        new Kind("a clip to -1..0", (g, x) -> g.clip(x, -1, 0), x -> x > -1 && x < 0),
        new Kind("a clip to 0..1e-20", (g, x) -> g.clip(x, 0, 1e-20), x -> x > 0 && x < 1e-20f),
        new Kind("a clip from 0", GatesTest::clipFromZero, x -> x > 0));
  }

  private static Value clipFromZero(GraphBuilder g, Value x) {
    return g.op("Clip", Attributes.none(), x, g.scalarLike(x, 0));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anImageInBlocksOfChannels(Kind kind) {
    check(kind, 16, true);
    check(kind, 16, false);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anImageOfFewChannels(Kind kind) {
    check(kind, 3, true);
  }

  private static void check(Kind kind, int channels, boolean optimized) {
    GraphBuilder g = new GraphBuilder();
    Shape shape = Shape.of(-1, channels, 1, EDGES.length);
    Value x = g.input("x", DataType.FLOAT, shape);
    Value y = kind.activation().apply(g, x);
    Value dy = g.input("dy", DataType.FLOAT, shape);
    Graph graph = g.build(y);
    Value dx =
        new Differentiator(RuleSet.plain())
            .gradients(g, graph, y.name(), dy, List.of(x.name()))
            .get(0);
    Tensor rows = repeated(EDGES, channels);
    float[] threes = new float[EDGES.length];
    Arrays.fill(threes, -3);
    RuntimeOptions options =
        optimized ? RuntimeOptions.defaults() : RuntimeOptions.defaults().withoutOptimization();
    try (CompiledGraph program = CompiledGraph.of(g.build(dx), options)) {
      Tensor arriving = repeated(threes, channels);
      float[] found = program.run(Map.of("x", rows, "dy", arriving)).get(dx.name()).floats();
      for (int i = 0; i < found.length; i++) {
        float at = EDGES[i % EDGES.length];
        // Zero of either sign.
        assertThat(found[i] + 0f).as("at %s", at).isEqualTo(kind.passes().test(at) ? -3f : 0f);
      }
    }
  }

  private static Tensor repeated(float[] row, int times) {
    float[] all = new float[row.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = row[i % row.length];
    }
    return Tensor.of(all, 1, times, 1, row.length);
  }
}
