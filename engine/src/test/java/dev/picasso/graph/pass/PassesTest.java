package dev.picasso.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.OneOff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes change what is computed, never what comes out: ONNX Runtime runs both graphs. */
class PassesTest {
  private final OneOff evaluator = new OneOff();

  static Stream<Arguments> products() {
    return Stream.of(
        product("Conv", Shape.of(-1, 4, 6, 6), (g, x) -> conv(g, x, 1, 6, true)),
        product("Conv without bias", Shape.of(-1, 4, 6, 6), (g, x) -> conv(g, x, 1, 6, false)),
        product("grouped Conv", Shape.of(-1, 4, 6, 6), (g, x) -> conv(g, x, 2, 6, true)),
        product("depthwise Conv", Shape.of(-1, 4, 6, 6), (g, x) -> conv(g, x, 4, 4, true)),
        product("ConvTranspose", Shape.of(-1, 4, 5, 5), (g, x) -> transposed(g, x, 1)),
        product("grouped ConvTranspose", Shape.of(-1, 4, 5, 5), (g, x) -> transposed(g, x, 2)),
        product("Gemm", Shape.of(-1, 7), (g, x) -> gemm(g, x, 0, random(5))),
        product("Gemm transposed", Shape.of(-1, 7), (g, x) -> gemm(g, x, 1, random(1, 5))),
        product("Gemm, one bias for all", Shape.of(-1, 7), (g, x) -> gemm(g, x, 0, random(1))),
        product("MatMul", Shape.of(-1, 7), (g, x) -> g.matMul(x, g.constant(random(7, 5)))));
  }

  private static Arguments product(
      String name, Shape input, BiFunction<GraphBuilder, Value, Value> product) {
    return Arguments.of(name, input, product);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("products")
  void aNormalizationGoesIntoTheWeightsBeforeIt(
      String name, Shape input, BiFunction<GraphBuilder, Value, Value> product) {
    GraphBuilder g = new GraphBuilder();
    Value y = norm(g, product.apply(g, g.input("x", DataType.FLOAT, input)));
    Value z = g.relu(y);
    Graph graph = g.build(z);

    Graph folded = new BatchNormFolding().apply(graph, Set.of());

    assertThat(ops(folded)).hasSize(2).doesNotContain("BatchNormalization");
    assertThat(folded.producer(y.name())).isPresent();
    assertSame(graph, folded);
  }

  @Test
  void aNormalizationStaysWhereTheProductHasAnotherReader() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(-1, 4, 6, 6));
    Value product = conv(g, x, 1, 6, true);
    Graph graph = g.build(g.add(product, norm(g, product)));

    Graph folded = new BatchNormFolding().apply(graph, Set.of());

    assertThat(ops(folded)).contains("BatchNormalization");
    assertSame(graph, folded);
  }

  @Test
  void aNormalizationStaysWhereTheProductIsAnOutput() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(-1, 4, 6, 6));
    Value product = conv(g, x, 1, 6, true);
    Graph graph = g.build(product, norm(g, product));

    assertSame(graph, new BatchNormFolding().apply(graph, Set.of()));
  }

  /** As torch exports x.view(x.size(0), x.size(1) * 4, -1). */
  @Test
  void shapesThatAreComputedBecomeConstants() {
    Parts p = new Parts();
    p.node("Shape", "s", "x");
    p.node("Gather", "n", "s", p.longs(0));
    p.node("Gather", "c", "s", p.longs(1));
    p.node("Mul", "c4", "c", p.longs(4));
    p.node("Concat", Attributes.of("axis", 0), "target", "n", "c4", p.longs(-1));
    p.node("Reshape", "r", "x", "target");
    p.node("Cast", Attributes.of("to", 1), "real", "c4");
    p.node("Mul", "y", "r", "real");
    Graph graph = p.graph(Shape.of(-1, 3, 4, 5), "y");

    Graph simple = StandardPasses.apply(graph, Set.of(), evaluator);

    assertThat(ops(simple)).containsExactly("Reshape", "Mul");
    assertThat(simple.constant(simple.nodes().get(0).inputs().get(1)).orElseThrow().longs())
        .containsExactly(-1, 12, 5);
    assertThat(simple.value("y").shape()).isEqualTo(Shape.of(-1, 12, 5));
    assertSame(graph, simple);
  }

  @Test
  void whatDependsOnTheBatchStaysComputed() {
    Parts p = new Parts();
    p.node("Shape", Attributes.of("start", 0).with("end", 1), "n", "x");
    p.node("Min", "few", "n", p.longs(2));
    p.node("Cast", Attributes.of("to", 1), "real", "few");
    p.node("Mul", "y", "x", "real");
    Graph graph = p.graph(Shape.of(-1, 3), "y");

    Graph simple = StandardPasses.apply(graph, Set.of(), evaluator);

    assertThat(ops(simple)).contains("Min");
    for (int batch : new int[] {1, 2, 5}) {
      assertSame(graph, simple, batch);
    }
  }

  @Test
  void largeExpansionsStayComputedAndSmallOnesDoNot() {
    Parts p = new Parts();
    p.node("ConstantOfShape", "large", p.longs(1, 3, 1000, 1000));
    p.node("ConstantOfShape", "small", p.longs(1, 3, 1, 1));
    p.node("Add", "a", "x", "small");
    p.node("Concat", Attributes.of("axis", 0), "y", "a", "large");
    Graph graph = p.graph(Shape.of(-1, 3, 1000, 1000), "y");

    Graph simple = StandardPasses.apply(graph, Set.of(), evaluator);

    assertThat(ops(simple)).containsExactly("ConstantOfShape", "Add", "Concat");
    assertThat(simple.constants().keySet()).contains("small");
  }

  @Test
  void randomNumbersAreNotFrozen() {
    Parts p = new Parts();
    p.constants.put("c", random(3));
    p.node("RandomNormalLike", "noise", "c");
    p.node("Add", "y", "x", "noise");
    Graph graph = p.graph(Shape.of(-1, 3), "y");

    assertThat(ops(StandardPasses.apply(graph, Set.of(), evaluator)))
        .containsExactly("RandomNormalLike", "Add");
  }

  @Test
  void sizesOfAResizeBecomeConstants() {
    Parts p = new Parts();
    p.node("Shape", "s", "x");
    p.node("Slice", "front", "s", p.longs(0), p.longs(2));
    p.node("Concat", Attributes.of("axis", 0), "sizes", "front", p.longs(8, 9));
    p.nodes.add(
        new Node(
            "y",
            "Resize",
            List.of("x", "", "", "sizes"),
            List.of("y"),
            Attributes.of("mode", "linear")));
    Graph graph = p.graph(Shape.of(-1, 3, 4, 5), "y");

    Graph simple = StandardPasses.apply(graph, Set.of(), evaluator);

    assertThat(ops(simple)).containsExactly("Resize");
    assertSame(graph, simple);
  }

  @Test
  void whatChangesNothingGoesAndKeptNamesStay() {
    Parts p = new Parts();
    p.node("Identity", "i", "x");
    p.node("Relu", "r", "i");
    p.node("Dropout", "d", "r");
    p.node("Identity", "kept", "d");
    p.node("Reshape", "same", "kept", p.longs(0, 3, 4));
    p.node("Transpose", Attributes.of("perm", new int[] {0, 2, 1}), "t1", "same");
    p.node("Transpose", Attributes.of("perm", new int[] {0, 2, 1}), "t2", "t1");
    p.node("Cast", Attributes.of("to", 1), "cast", "t2");
    p.node("Pad", "pad", "cast", p.longs(0, 0, 0, 0, 0, 0));
    p.node("Sigmoid", "s", "pad");
    p.node("Identity", "y", "s");
    Graph graph = p.graph(Shape.of(-1, 3, 4), "y");

    Graph simple = StandardPasses.apply(graph, Set.of("kept"), evaluator);

    assertThat(ops(simple)).containsExactly("Relu", "Sigmoid");
    assertThat(simple.nodes().get(0).output()).isEqualTo("kept");
    assertThat(simple.outputs()).containsExactly("y");
    assertSame(graph, simple);
  }

  @Test
  void anOutputThatIsAnInputIsLeftAlone() {
    Parts p = new Parts();
    p.node("Identity", "y", "x");
    p.node("Identity", "z", "y");
    Graph graph = p.graph(Shape.of(-1, 3), "y", "z");

    assertSame(graph, StandardPasses.apply(graph, Set.of(), evaluator));
  }

  @Test
  void softmaxOverChannelsLosesItsFlattening() {
    Parts p = new Parts();
    p.node("Shape", "s", "x");
    p.node("Flatten", "f", "x");
    p.node("Softmax", "m", "f");
    p.node("Reshape", "y", "m", "s");
    Graph graph = p.graph(Shape.of(-1, 5, 1, 1), "y");
    Graph wide = p.graph(Shape.of(-1, 5, 2, 1), "y");

    Graph simple = StandardPasses.apply(graph, Set.of(), evaluator);

    assertThat(ops(simple)).containsExactly("Softmax");
    assertSame(graph, simple);
    assertSame(wide, StandardPasses.apply(wide, Set.of(), evaluator));
  }

  private static Value conv(GraphBuilder g, Value x, int groups, int out, boolean bias) {
    Value w = g.constant(random(out, x.dim(1) / groups, 3, 3));
    Optional<Value> b = bias ? Optional.of(g.constant(random(out))) : Optional.empty();
    return g.conv(x, w, b, Attributes.of("group", groups));
  }

  private static Value transposed(GraphBuilder g, Value x, int groups) {
    Value w = g.constant(random(4, 6 / groups, 3, 3));
    Attributes attributes = Attributes.of("group", groups).with("strides", new int[] {2, 2});
    return g.op("ConvTranspose", attributes, x, w, g.constant(random(6)));
  }

  private static Value gemm(GraphBuilder g, Value x, int transB, Tensor bias) {
    Value w = g.constant(transB == 1 ? random(5, 7) : random(7, 5));
    Attributes attributes = Attributes.of("transB", transB).with("alpha", .5).with("beta", 2.0);
    return g.op("Gemm", attributes, x, w, g.constant(bias));
  }

  private static Value norm(GraphBuilder g, Value x) {
    int channels = (int) x.dim(1);
    float[] variances = new float[channels];
    for (int i = 0; i < channels; i++) {
      variances[i] = .3f + i;
    }
    return g.op(
        "BatchNormalization",
        Attributes.of("epsilon", .01),
        x,
        g.constant(random(channels)),
        g.constant(random(channels)),
        g.constant(random(channels)),
        g.constant(Tensor.of(variances, channels)));
  }

  private static Tensor random(long... dims) {
    Random random = new Random(dims.length + dims[0]);
    float[] values = new float[(int) Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return Tensor.of(values, dims);
  }

  private static List<String> ops(Graph graph) {
    return graph.nodes().stream().map(Node::op).toList();
  }

  private void assertSame(Graph before, Graph after) {
    assertSame(before, after, 2);
  }

  private void assertSame(Graph before, Graph after, int batch) {
    Map<String, Tensor> inputs = SampleInputs.of(before, batch, 3);
    Map<String, Tensor> expected = evaluator.run(before, inputs);
    Map<String, Tensor> actual = evaluator.run(after, inputs);
    assertThat(after.outputs()).isEqualTo(before.outputs());
    for (String output : before.outputs()) {
      assertThat(actual.get(output).shape()).isEqualTo(expected.get(output).shape());
      assertThat(actual.get(output).floats())
          .containsExactly(expected.get(output).floats(), Offset.offset(2e-5f));
    }
  }

  /** Nodes as a reader finds them, their shapes found by running them. */
  private final class Parts {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> constants = new java.util.LinkedHashMap<>();

    void node(String op, String output, String... inputs) {
      node(op, Attributes.none(), output, inputs);
    }

    void node(String op, Attributes attributes, String output, String... inputs) {
      nodes.add(new Node(output, op, List.of(inputs), List.of(output), attributes));
    }

    String longs(long... values) {
      String name = "constant" + constants.size();
      constants.put(name, Tensor.longs(values));
      return name;
    }

    Graph graph(Shape x, String... outputs) {
      List<Value> inputs = List.of(new Value("x", DataType.FLOAT, x));
      Graph graph = Graph.of(inputs, List.of(outputs), nodes, constants, Map.of());
      return new ShapeProbe(evaluator).withShapes(graph);
    }
  }
}
