package dev.picasso.gradient;

import static dev.picasso.gradient.OpCase.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules that are written otherwise for images of single precision, against the way that suits all.
 */
class FastRulesTest {
  static Stream<OpCase> cases() {
    return Stream.of(strides(), depthwise()).flatMap(s -> s);
  }

  private static Stream<OpCase> strides() {
    return Stream.of(
        conv(3, 16, 8, 8, 3, 3).list("strides", 2, 2).list("pads", 1, 1, 1, 1),
        conv(3, 16, 9, 11, 3, 3).list("strides", 2, 2).list("pads", 1, 1, 1, 1),
        conv(16, 16, 9, 8, 3, 3).list("strides", 2, 2).list("pads", 1, 1, 1, 1),
        conv(3, 32, 14, 13, 7, 7).list("strides", 2, 2).list("pads", 3, 3, 3, 3),
        conv(16, 16, 12, 12, 4, 4).list("strides", 4, 4),
        conv(16, 16, 13, 14, 4, 4).list("strides", 4, 4),
        conv(16, 16, 9, 9, 3, 3).list("strides", 2, 2),
        conv(3, 16, 10, 10, 3, 3).list("strides", 2, 2),
        conv(16, 16, 7, 8, 2, 3).list("strides", 3, 2).list("pads", 2, 0, 1, 3),
        conv(16, 16, 10, 9, 2, 2).list("strides", 3, 4),
        conv(16, 16, 6, 7, 3, 2).list("strides", 1, 2).list("pads", 5, 4, 0, 1),
        conv(16, 16, 9, 9, 3, 3).list("strides", 2, 2).with("auto_pad", "SAME_UPPER"),
        conv(16, 16, 8, 8, 3, 3).list("strides", 2, 2).with("auto_pad", "SAME_LOWER"),
        op("Conv").input(-1, 32, 7, 7).weight(48, 16, 3, 3).with("group", 2).list("strides", 2, 2));
  }

  private static OpCase conv(int from, int to, int height, int width, int k1, int k2) {
    return op("Conv").input(-1, from, height, width).weight(to, from, k1, k2);
  }

  private static Stream<OpCase> depthwise() {
    OpCase one = op("Conv").input(-1, 16, 9, 8).weight(16, 1, 3, 3).with("group", 16);
    return Stream.of(
        one.list("strides", 2, 2).list("pads", 1, 1, 1, 1),
        one.list("strides", 2, 2),
        one.list("strides", 2, 1).list("pads", 0, 1, 2, 0),
        one.list("strides", 3, 4).list("pads", 2, 2, 2, 2),
        one.list("strides", 2, 2).list("dilations", 2, 1).list("pads", 2, 1, 2, 1),
        one.list("strides", 2, 2).list("pads", 3, 4, 3, 4));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheTransposedConvolution(OpCase row) {
    float[] slow = gradient(row, false);
    float[] fast = gradient(row, true);
    assertThat(fast).hasSameSizeAs(slow);
    for (int i = 0; i < slow.length; i++) {
      assertThat(fast[i]).as("number %s", i).isCloseTo(slow[i], within(1e-4f));
    }
  }

  /** Kernels that are known only when the graph runs cannot be rearranged before. */
  private static float[] gradient(OpCase row, boolean known) {
    GraphBuilder g = new GraphBuilder();
    Random random = new Random(1);
    Map<String, Tensor> feed = new LinkedHashMap<>();
    Value x = g.input("x", DataType.FLOAT, ((OpCase.Operand.Input) row.operands().get(0)).shape());
    feed.put("x", numbers(random, x.shape()));
    Shape kernels = ((OpCase.Operand.Weight) row.operands().get(1)).shape();
    Tensor weights = numbers(random, kernels);
    Value w = known ? g.constant(weights) : g.input("w", DataType.FLOAT, kernels);
    if (!known) {
      feed.put("w", weights);
    }
    Value y = g.op("Conv", row.attributes(), x, w);
    Graph graph = g.build(y);
    Value dy = g.input("dy", DataType.FLOAT, y.shape());
    feed.put("dy", numbers(random, y.shape()));
    Value dx =
        new Differentiator(RuleSet.plain())
            .gradients(g, graph, y.name(), dy, List.of(x.name()))
            .get(0);
    Graph derived = g.build(dx);
    boolean transposed = derived.nodes().stream().anyMatch(n -> n.op().equals("ConvTranspose"));
    assertThat(transposed).isEqualTo(!known);
    // Blocks are the optimizer's.
    try (CompiledGraph program = CompiledGraph.of(derived, RuntimeOptions.defaults())) {
      return program.run(feed).get(dx.name()).floats();
    }
  }

  private static Tensor numbers(Random random, Shape shape) {
    Shape two = shape.withBatch(2);
    float[] numbers = new float[(int) two.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat() - .5f;
    }
    return Tensor.of(numbers, two.dims());
  }
}
