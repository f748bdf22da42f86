package dev.picasso.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.onnx.OnnxFormat;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.OneOff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowWiseTest {
  /**
   * Counts runs of graphs that have inputs: those of the model, not of its arithmetic with shapes.
   */
  private static final class Counting implements Evaluator {
    private int runs;

    @Override
    public List<Map<String, Tensor>> runAll(Graph graph, List<Map<String, Tensor>> inputs) {
      runs += graph.inputs().isEmpty() ? 0 : inputs.size();
      return new OneOff().runAll(graph, inputs);
    }
  }

  /** A small graph under construction; its input is x [rows, 3, 4]. */
  private static final class Draft {
    private final String title;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> constants = new LinkedHashMap<>();

    Draft(String title) {
      this.title = title;
    }

    Draft node(String op, Attributes attributes, String output, String... inputs) {
      nodes.add(new Node(output, op, List.of(inputs), List.of(output), attributes));
      return this;
    }

    Draft node(String op, String output, String... inputs) {
      return node(op, Attributes.none(), output, inputs);
    }

    Draft constant(String name, Tensor tensor) {
      constants.put(name, tensor);
      return this;
    }

    Draft longs(String name, long... values) {
      return constant(name, Tensor.longs(values));
    }

    Graph graph(long rows) {
      List<Value> inputs = List.of(new Value("x", DataType.FLOAT, Shape.of(rows, 3, 4)));
      return Graph.of(inputs, List.of("y"), nodes, constants, Map.of());
    }

    @Override
    public String toString() {
      return title;
    }
  }

  @Test
  void slopesForEachOfTheImagesInTheFileKeepItsBatch() {
    Draft draft = draft("").constant("slope", weights(4, 3, 1)).node("PRelu", "y", "x", "slope");
    assertThat(new BatchFreeing(new OneOff()).free(draft.graph(4))).isEmpty();
  }

  private static Draft draft(String title) {
    return new Draft(title);
  }

  private static Tensor weights(long... dims) {
    float[] values = new float[(int) Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i + 1);
    }
    return Tensor.of(values, dims);
  }

  static Stream<Draft> mixing() {
    return Stream.of(
        draft("the mean of the batch")
            .longs("axes", 0)
            .node("ReduceMean", "m", "x", "axes")
            .node("Sub", "y", "x", "m"),
        draft("the mean of everything")
            .node("ReduceMean", Attributes.of("keepdims", 0), "m", "x")
            .node("Sub", "y", "x", "m"),
        draft("the largest of the batch")
            .longs("axes", 0)
            .node("ReduceMax", "m", "x", "axes")
            .node("Sub", "y", "x", "m"),
        draft("a softmax over the images").node("Softmax", Attributes.of("axis", 0), "y", "x"),
        draft("sums along the batch")
            .constant("axis", Tensor.scalar(0L))
            .node("CumSum", "y", "x", "axis"),
        draft("rows of one image and columns of another")
            .node("Transpose", Attributes.of("perm", new long[] {1, 0, 2}), "t", "x")
            .longs("rows", -1, 3, 4)
            .node("Reshape", "y", "t", "rows"),
        draft("products of images")
            .longs("flat", 0, -1)
            .node("Reshape", "f", "x", "flat")
            .node("Gemm", Attributes.of("transA", 1), "g", "f", "f")
            .node("MatMul", "y", "f", "g"),
        draft("the first image beside each")
            .longs("zero", 0)
            .node("Gather", Attributes.of("axis", 0), "g", "x", "zero")
            .node("Add", "y", "x", "g"),
        draft("noise").node("RandomNormalLike", "n", "x").node("Add", "y", "x", "n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mixing")
  void aGraphThatMixesItsRowsKeepsItsBatch(Draft draft) {
    for (long batch : new long[] {2, 3, 4}) {
      assertThat(new BatchFreeing(new OneOff()).free(draft.graph(batch)))
          .as("of %d", batch)
          .isEmpty();
    }
  }

  static Stream<Draft> apart() {
    return Stream.of(
        draft("a dense layer")
            .constant("w", weights(12, 5))
            .node("Flatten", "f", "x")
            .node("MatMul", "m", "f", "w")
            .node("Softmax", "y", "m"),
        draft("attention among the parts of an image")
            .node("Transpose", Attributes.of("perm", new long[] {0, 2, 1}), "t", "x")
            .node("MatMul", "a", "x", "t")
            .node("Softmax", "s", "a")
            .node("MatMul", "y", "s", "x"),
        draft("a batch that is moved and comes back")
            .node("Transpose", Attributes.of("perm", new long[] {1, 0, 2}), "t", "x")
            .node("Relu", "r", "t")
            .node("Transpose", Attributes.of("perm", new long[] {1, 0, 2}), "y", "r"),
        draft("a target shape that is computed")
            .longs("zero", 0)
            .longs("rest", -1)
            .node("Shape", "s", "x")
            .node("Gather", "n", "s", "zero")
            .node("Concat", Attributes.of("axis", 0), "target", "n", "rest")
            .node("Reshape", "y", "x", "target"),
        draft("a target shape for the number of images in the file")
            .longs("axes", 1)
            .node("ReduceMean", "m", "x", "axes")
            .node("Shape", "s", "m")
            .node("Expand", "e", "m", "s")
            .node("Add", "y", "x", "e"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("apart")
  void rowsThatRulesTellApartNeedNoRunOfTheModel(Draft draft) {
    for (long batch : new long[] {1, 2, 4}) {
      Counting evaluator = new Counting();
      Optional<Graph> freed = new BatchFreeing(evaluator).free(draft.graph(batch));
      assertThat(freed).as("of %d", batch).isPresent();
      assertThat(evaluator.runs).isZero();
      requireRowsApart(freed.orElseThrow());
    }
  }

  @Test
  void anOpenBatchWhoseShapesAreComputedNeedsNoRunOfTheModel() {
    Counting evaluator = new Counting();
    Draft draft = apart().skip(3).findFirst().orElseThrow();
    Graph shaped = new ShapeProbe(evaluator).withShapes(draft.graph(-1));
    assertThat(shaped.value("y").shape()).isEqualTo(Shape.of(-1, 12));
    assertThat(evaluator.runs).isZero();
  }

  /** What has no rule is tried. */
  @Test
  void anOperatorWithoutARuleIsTried() {
    Counting evaluator = new Counting();
    Draft draft = draft("").node("Trilu", "y", "x");
    assertThat(new BatchFreeing(evaluator).free(draft.graph(4))).isPresent();
    assertThat(evaluator.runs).isPositive();
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("src/test/resources/dev/picasso/format/onnx"))) {
      return all.filter(f -> f.toString().endsWith(".onnx")).sorted().toList().stream();
    }
  }

  /** All operators of the importer's tests. */
  @Test
  void whatTheRulesBelieveComesOutSoWhenItIsTried() throws IOException {
    int believed = 0;
    for (Path file : files().toList()) {
      Graph graph = new OnnxFormat(new OneOff()).read(file, ImportOptions.none()).graph();
      boolean batched =
          !graph.inputs().isEmpty()
              && graph.inputs().stream().allMatch(i -> i.rank() > 0 && i.shape().dim(0) < 0);
      if (batched && RowWise.holds(graph)) {
        believed++;
        requireRowsApart(graph);
      }
    }
    assertThat(believed).isGreaterThan(100);
  }

  private static void requireRowsApart(Graph graph) {
    Map<String, Tensor> three = SampleInputs.of(graph, 3, 1);
    Map<String, Tensor> together = new OneOff().run(graph, three);
    for (int row = 0; row < 3; row++) {
      Map<String, Tensor> inputs = new LinkedHashMap<>();
      int at = row;
      three.forEach((name, t) -> inputs.put(name, row(t, at)));
      Map<String, Tensor> alone = new OneOff().run(graph, inputs);
      for (String output : graph.outputs()) {
        Tensor expected = Objects.requireNonNull(alone.get(output));
        assertThat(
                row(Objects.requireNonNull(together.get(output)), at).as(DataType.FLOAT).floats())
            .as("%s of %s", output, graph.nodes())
            .containsExactly(expected.as(DataType.FLOAT).floats(), Offset.offset(1e-5f));
      }
    }
  }

  private static Tensor row(Tensor rows, int i) {
    float[] values = rows.floats();
    int length = values.length / 3;
    long[] dims = rows.shape().dims();
    dims[0] /= 3;
    return Tensor.of(Arrays.copyOfRange(values, i * length, (i + 1) * length), dims)
        .as(rows.type());
  }
}
