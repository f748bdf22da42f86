package dev.picasso.graph.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Factors for channels, before and after they are given the size of the image. */
class StretchedGatesTest {
  private final GraphBuilder g = new GraphBuilder();
  private final Random random = new Random(3);
  private final Value pixels = g.input("pixels", DataType.FLOAT, Shape.of(-1, 3, 6, 5));

  record Left(String name, int channels, BiFunction<StretchedGatesTest, Value, Value> product) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theProductsAreTheSameToTheBit(int batch) {
    Value image = convolution(pixels, 3, 32);
    Value gate = gate(image, 32);
    Value gated = g.mul(image, gate);
    // A product of products: what was gated stays in blocks, whichever side the gate is on.
    Graph graph = g.build(convolution(g.mul(gate, g.relu(gated)), 32, 16));
    Graph stretched = StretchedGates.apply(graph);
    List<Node> repeated =
        stretched.nodes().stream().filter(node -> node.op().equals("Resize")).toList();
    assertThat(repeated).hasSize(1);
    assertThat(stretched.consumers().get(repeated.get(0).output())).hasSize(2);
    Tensor x = numbers(batch, 3, 6, 5);
    // Without the optimizer nothing is stretched, so that this is the graph as it stands.
    RuntimeOptions plain = new RuntimeOptions(1, false);
    assertThat(run(stretched, x, plain)).containsExactly(run(graph, x, plain));
    assertThat(run(graph, x, RuntimeOptions.defaults()))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(run(graph, x, plain));
  }

  static Stream<Left> left() {
    return Stream.of(
        new Left("too few channels", 12, (t, image) -> t.g.mul(image, t.gate(image, 12))),
        new Left(
            "an image that left the blocks",
            16,
            (t, image) -> t.g.mul(t.g.exp(image), t.gate(image, 16))),
        new Left("weights", 16, (t, image) -> t.g.mul(image, t.weights(1, 16, 1, 1))),
        new Left("a number for each row", 16, StretchedGatesTest::byRows),
        new Left("images of equal size", 16, (t, image) -> t.g.mul(image, t.g.relu(image))));
  }

  private Value byRows(Value image) {
    return g.mul(image, g.mean(image, true, 3));
  }

  @ParameterizedTest
  @MethodSource("left")
  void whatIsNoGateOfAnImageInBlocksIsLeft(Left left) {
    Value image = convolution(pixels, 3, left.channels());
    Graph graph = g.build(left.product().apply(this, image));
    assertThat(StretchedGates.apply(graph)).isSameAs(graph);
  }

  @Test
  void namesThatPeopleKnowStay() {
    Value image = convolution(pixels, 3, 16);
    Value gated = g.named(g.mul(image, gate(image, 16)), "excited");
    Graph stretched = StretchedGates.apply(g.build(gated));
    assertThat(stretched.outputs()).containsExactly("excited");
    assertThat(stretched.producer("excited")).map(Node::op).contains("Mul");
  }

  private Value gate(Value image, int channels) {
    Value squeezed = convolution(g.op("GlobalAveragePool", image), channels, 4);
    return g.sigmoid(convolution(g.relu(squeezed), 4, channels));
  }

  private Value convolution(Value x, int from, int to) {
    return g.conv(
        x,
        weights(to, from, 1, 1),
        Optional.empty(),
        Attributes.of("kernel_shape", new long[] {1, 1}));
  }

  private Value weights(long... dims) {
    return g.constant(numbers(dims));
  }

  private Tensor numbers(long... dims) {
    float[] numbers = new float[(int) Shape.of(dims).size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat() - .5f;
    }
    return Tensor.of(numbers, dims);
  }

  private static float[] run(Graph graph, Tensor x, RuntimeOptions options) {
    try (CompiledGraph program = CompiledGraph.of(graph, options)) {
      return program.run(Map.of("pixels", x)).get(graph.outputs().get(0)).floats();
    }
  }
}
