package dev.picasso.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.OneOff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShapeProbeTest {
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final OneOff evaluator = new OneOff();

  @Test
  void shapesAreMultiplesOfTheBatchOrFixed() {
    node("Shape", Attributes.none(), "s", "x");
    constants.put("target", Tensor.longs(-1, 4));
    node("Reshape", Attributes.none(), "flat", "x", "target");
    node("Cast", Attributes.of("to", DataType.FLOAT16.onnxCode()), "half", "flat");
    node("ReduceMax", Attributes.of("keepdims", 0), "all", "half");
    node("NonZero", Attributes.none(), "where", "x");
    Graph graph = graph(Shape.of(-1, 3, 4), "all", "s", "where");

    Graph measured = new ShapeProbe(evaluator).measured(graph);

    assertThat(measured.value("s")).isEqualTo(new Value("s", DataType.INT64, Shape.of(3)));
    assertThat(measured.value("flat").shape()).isEqualTo(Shape.of(-3, 4));
    assertThat(measured.value("half").type()).isEqualTo(DataType.FLOAT16);
    assertThat(measured.value("all")).isEqualTo(new Value("all", DataType.FLOAT16, Shape.scalar()));
    assertThat(measured.values().keySet()).containsAll(measured.outputs());
  }

  @Test
  void rulesAndRunsTellTheSame() {
    constants.put("w", random(6, 3, 3, 3));
    constants.put("t", Tensor.longs(0, -1));
    constants.put("v", random(96, 5));
    node(
        "Conv",
        Attributes.of("strides", new int[] {2, 2}).with("pads", new int[] {1, 1, 1, 1}),
        "c",
        "x",
        "w");
    node("Relu", Attributes.none(), "r", "c");
    node("Reshape", Attributes.none(), "f", "r", "t");
    node("MatMul", Attributes.none(), "m", "f", "v");
    node("Shape", Attributes.of("start", -1), "k", "m");
    node("Softmax", Attributes.none(), "y", "m");
    Graph graph = graph(Shape.of(-1, 3, 8, 8), "y", "k");

    assertThat(new ShapeProbe(evaluator).withShapes(graph).values())
        .isEqualTo(new ShapeProbe(evaluator).measured(graph).values());
  }

  @Test
  void aBatchOfOneInTheFileIsFreedThroughReshapes() {
    constants.put("w", random(4, 3, 3, 3));
    constants.put("t", Tensor.longs(1, -1));
    constants.put("v", random(4 * 36, 5));
    node("Conv", Attributes.none(), "c", "x", "w");
    node("Reshape", Attributes.none(), "f", "c", "t");
    node("MatMul", Attributes.none(), "y", "f", "v");

    Optional<Graph> freed = new BatchFreeing(evaluator).free(graph(Shape.of(1, 3, 8, 8), "y"));

    assertThat(freed.orElseThrow().value("y").shape()).isEqualTo(Shape.of(-1, 5));
  }

  /** As attention does it: [1, L, C] to [L, heads, d], and a class token before the patches. */
  @Test
  void aBatchThatIsNotTheFirstAxisIsFollowed() {
    constants.put("token", random(1, 1, 8));
    constants.put("heads", Tensor.longs(5, 2, 4));
    constants.put("back", Tensor.longs(5, 1, 8));
    node("Concat", Attributes.of("axis", 1), "all", "token", "x");
    node("Transpose", Attributes.of("perm", new int[] {1, 0, 2}), "t", "all");
    node("Reshape", Attributes.none(), "h", "t", "heads");
    node("Softmax", Attributes.of("axis", 2), "a", "h");
    node("Reshape", Attributes.none(), "b", "a", "back");
    node("Transpose", Attributes.of("perm", new int[] {1, 0, 2}), "y", "b");

    Optional<Graph> freed = new BatchFreeing(evaluator).free(graph(Shape.of(1, 4, 8), "y"));

    assertThat(freed.orElseThrow().value("y").shape()).isEqualTo(Shape.of(-1, 5, 8));
    assertThat(freed.orElseThrow().value("h").shape()).isEqualTo(Shape.of(5, -2, 4));
  }

  @Test
  void aGraphThatMixesItsRowsKeepsItsBatch() {
    constants.put("axes", Tensor.longs(0));
    node("ReduceMean", Attributes.none(), "mean", "x", "axes");
    node("Sub", Attributes.none(), "y", "x", "mean");

    assertThat(new BatchFreeing(evaluator).free(graph(Shape.of(2, 3), "y"))).isEmpty();
  }

  private void node(String op, Attributes attributes, String output, String... inputs) {
    nodes.add(new Node(output, op, List.of(inputs), List.of(output), attributes));
  }

  private Graph graph(Shape x, String... outputs) {
    List<Value> inputs = List.of(new Value("x", DataType.FLOAT, x));
    return Graph.of(inputs, List.of(outputs), nodes, constants, Map.of());
  }

  private static Tensor random(long... dims) {
    Random random = new Random(1);
    float[] values = new float[(int) Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - .5f;
    }
    return Tensor.of(values, dims);
  }
}
