package dev.picasso.oracle;

import static dev.picasso.oracle.Nodes.call;
import static dev.picasso.oracle.Nodes.constant;
import static dev.picasso.oracle.Nodes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.tensorflow.proto.DataType.DT_BOOL;
import static org.tensorflow.proto.DataType.DT_INT32;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/**
 * Small graphs in which it is easy to take the wrong tensor, against what TensorFlow computes of
 * the same file.
 */
class GraphSemanticsTest {
  private static final Tensor X = Tensor.of(new float[] {1, -2, 3, 4, 5, -6}, 2, 3);

  @TempDir private Path folder;

  @BeforeAll
  static void needsTensorFlow() {
    TensorFlowOracle.require();
  }

  private static Model load(Path file, ImportOptions options) {
    return ModelLoader.standard().load(ModelRequest.of(file).with(options));
  }

  private void assertSame(Nodes nodes) throws IOException {
    assertSame(nodes, ImportOptions.none(), Map.of(), "y");
  }

  /** Fails unless Picasso and TensorFlow compute the same of X, which is fed into "x". */
  private void assertSame(
      Nodes nodes, ImportOptions options, Map<String, Tensor> fed, String output)
      throws IOException {
    Path file = nodes.write(folder);
    Tensor expected;
    try (TensorFlowOracle oracle = TensorFlowOracle.ofGraph(file)) {
      expected =
          Objects.requireNonNull(oracle.numbers(Map.of("x", X), fed, List.of(output)).get("y"));
    }
    assertThat(run(load(file, options))).containsExactly(expected.floats(), within(1e-5f));
  }

  private static float[] run(Model model) {
    var graph = model.imported().graph();
    String input = graph.inputs().get(0).name();
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      return Objects.requireNonNull(compiled.run(Map.of(input, X)).get(graph.outputs().get(0)))
          .as(DataType.FLOAT)
          .floats();
    }
  }

  private static Nodes branch(boolean taken) {
    return new Nodes()
        .input("x", -1, 3)
        .bool("pred", taken)
        .truths("switch", "Switch", "pred", "pred")
        .truths("switch_f", "Identity", "switch:0")
        .truths("switch_t", "Identity", "switch:1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void constantsOfABranchLieInIt(boolean taken) throws IOException {
    assertSame(
        branch(taken)
            .floats("no", List.of("^switch_f"), 2)
            .floats("yes", List.of("^switch_t"), 3)
            .node("either", "Merge", "no", "yes")
            .node("y", "Mul", "x", "either"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void constantsOfALoweredBranchLieInIt(boolean taken) throws IOException {
    assertSame(
        branch(taken)
            .node("else", "NoOp", "^switch_f")
            .node("then", "NoOp", "^switch_t")
            .floats("no", List.of("^else"), 2)
            .floats("yes", List.of("^then"), 3)
            .node("either", "Merge", "no", "yes")
            .node("y", "Mul", "x", "either"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void functionsThatABranchCallsLieInIt(boolean taken) throws IOException {
    assertSame(
        branch(taken)
            .function(
                "two", List.of(), List.of("r=c:output:0"), List.of(constant("c", List.of(), 2)))
            .function(
                "three", List.of(), List.of("r=c:output:0"), List.of(constant("c", List.of(), 3)))
            .add(call("no", "two", 1).toBuilder().addInput("^switch_f").build())
            .add(call("yes", "three", 1).toBuilder().addInput("^switch_t").build())
            .node("either", "Merge", "no", "yes")
            .node("y", "Mul", "x", "either"));
  }

  @Test
  void constantsOfABranchThatTheImageDecidesAreNotTaken() throws IOException {
    Path file =
        new Nodes()
            .input("x", -1, 3)
            .floats("zero", List.of(), 0)
            .node("positive", "Greater", "x", "zero")
            .truths("switch", "Switch", "positive", "positive")
            .truths("switch_f", "Identity", "switch:0")
            .truths("switch_t", "Identity", "switch:1")
            .floats("no", List.of("^switch_f"), 2)
            .floats("yes", List.of("^switch_t"), 3)
            .node("either", "Merge", "no", "yes")
            .node("y", "Mul", "x", "either")
            .write(folder);
    assertThatThrownBy(() -> load(file, ImportOptions.none()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("takes a branch by what the model sees");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatComesAfterBothBranchesLiesInNeither(boolean taken) throws IOException {
    assertSame(
        branch(taken)
            .node("side", "Switch", "x", "pred")
            .node("either", "Merge", "side:0", "side:1")
            .floats("two", List.of("^either"), 2)
            .node("y", "Mul", "x", "two"),
        ImportOptions.none().withOutputs(List.of("y")),
        Map.of(),
        "y");
  }

  @Test
  void functionsThatAreOperatorsHaveResultsByName() throws IOException {
    assertSame(
        new Nodes()
            .input("x", -1, 3)
            .function(
                "both",
                List.of("a"),
                List.of("first=neg:y:0", "second=square:y:0"),
                List.of(of("neg", "Neg", "a"), of("square", "Square", "a")))
            .function(
                "outer",
                List.of("a"),
                List.of("r=sum:z:0"),
                List.of(of("pair", "both", "a"), of("sum", "Sub", "pair:second:0", "pair:first:0")))
            .add(call("y", "outer", 1, "x")));
  }

  @Test
  void anInputIsNoNodeOfAFunctionByTheSameName() throws IOException {
    assertSame(
        new Nodes()
            .input("x", -1, 3)
            .function(
                "f",
                List.of("a"),
                List.of("r=twice:z:0"),
                List.of(of("x", "Square", "a"), of("twice", "Add", "x:y:0", "a")))
            .add(call("y", "f", 1, "x")),
        ImportOptions.none().withInputs(List.of("x")),
        Map.of(),
        "y");
  }

  @Test
  void aFactorOfTheNetworkIsNoPartOfItsDropout() throws IOException {
    Path file =
        new Nodes()
            .input("x", -1, 3)
            .floats("shape", List.of(), 3)
            .node("draw", "RandomUniform", Nodes::isFloat, "shape")
            .floats("keep", List.of(), .8f)
            .floats("six", List.of(), 1 / 6f)
            .node("shifted", "Add", "draw", "keep")
            .node("floor", "Floor", "shifted")
            .node("mask", "RealDiv", "floor", "keep")
            .node("scaled", "Mul", "x", "six")
            .node("y", "Mul", "scaled", "mask")
            .write(folder);
    assertThat(run(load(file, ImportOptions.none())))
        .containsExactly(new float[] {1 / 6f, -2 / 6f, .5f, 4 / 6f, 5 / 6f, -1}, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "separate/x", "generated", "problem/x", "rates/pixels"})
  void inputsWithoutAShapeAreInputs(String name) throws IOException {
    Path file = new Nodes().input(name).node("y", "Neg", name).write(folder);
    Model model = load(file, ImportOptions.none().withInputShapes(Map.of("", X.shape())));
    assertThat(run(model)).containsExactly(-1, 2, -3, -4, -5, 6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"is_testing", "inference_mode", "deterministic", "model/is_eval"})
  void truthsThatSayThatNothingIsTrainedAreTrue(String name) throws IOException {
    Nodes nodes =
        new Nodes()
            .input("x", -1, 3)
            .truth(name)
            .node("switch", "Switch", "x", name)
            .node("no", "Neg", "switch:0")
            .node("yes", "Square", "switch:1")
            .node("y", "Merge", "no", "yes");
    assertSame(nodes, ImportOptions.none(), Map.of(name, Tensor.of(new boolean[] {true})), "y");
  }

  @Test
  void aModelDoesNotTrainThoughItsDefaultSaysSo() throws IOException {
    Nodes nodes =
        new Nodes()
            .input("x", -1, 3)
            .bool("yes", true)
            .node(
                "is_training",
                "PlaceholderWithDefault",
                n -> n.putAttr("dtype", Nodes.type(DT_BOOL)).putAttr("shape", Nodes.scalar()),
                "yes")
            .node("switch", "Switch", "x", "is_training")
            .node("used", "Neg", "switch:0")
            .node("trained", "Square", "switch:1")
            .node("y", "Merge", "used", "trained");
    Map<String, Tensor> fed = Map.of("is_training", Tensor.of(new boolean[] {false}));
    assertSame(nodes, ImportOptions.none(), fed, "y");
  }

  @Test
  void anOldLearningPhaseIsANumber() throws IOException {
    Nodes nodes =
        new Nodes()
            .input("x", -1, 3)
            .node(
                "keras_learning_phase",
                "Placeholder",
                n -> n.putAttr("dtype", Nodes.type(DT_INT32)))
            .node(
                "trains",
                "Cast",
                n -> n.putAttr("SrcT", Nodes.type(DT_INT32)).putAttr("DstT", Nodes.type(DT_BOOL)),
                "keras_learning_phase")
            .node("switch", "Switch", "x", "trains")
            .node("used", "Neg", "switch:0")
            .node("trained", "Square", "switch:1")
            .node("y", "Merge", "used", "trained");
    Map<String, Tensor> fed = Map.of("keras_learning_phase", Tensor.scalar(0L).as(DataType.INT32));
    assertSame(nodes, ImportOptions.none(), fed, "y");
  }

  @Test
  void aShapeThatAnInputCannotHaveIsRefused() throws IOException {
    Path file = new Nodes().input("x", -1, 3).node("y", "Neg", "x").write(folder);
    assertThatThrownBy(
            () -> load(file, ImportOptions.none().withInputShapes(Map.of("x", Shape.of(-1, 4)))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the shape told for the input x");
  }

  @Test
  void weightsThatAreReadTwiceCountOnce() throws IOException {
    Path file =
        new Nodes()
            .input("x", -1, 3)
            .floats("w", List.of(), 1, 2, 3)
            .node("w/read", "Identity", "w")
            .node("first", "Mul", "x", "w/read")
            .node("y", "Mul", "first", "w/read")
            .write(folder);
    assertThat(load(file, ImportOptions.none()).imported().layers())
        .extracting(l -> l.parameters())
        .containsExactly(3L, 0L);
  }

  @Test
  void whatABinaryLossIsComputedOfIsTheOutput() throws IOException {
    assertSame(
        new Nodes()
            .input("x", -1, 3)
            .input("labels", -1, 3)
            .node("y", "Neg", "x")
            .floats("zeros", List.of(), 0)
            .node("logistic_loss/GreaterEqual", "GreaterEqual", "y", "zeros")
            .node("logistic_loss/mul", "Mul", "y", "labels")
            .node("logistic_loss/sub", "Sub", "y", "logistic_loss/mul")
            .floats("rate", List.of(), .1f)
            .node("w", "VariableV2", Nodes::isFloat)
            .node("train", "ApplyGradientDescent", "w", "rate", "rate"));
  }

  @Test
  void valuesThatStandInForThemselvesAreACycle() throws IOException {
    Path file =
        new Nodes()
            .input("x", -1, 3)
            .node("a", "PlaceholderWithDefault", Nodes::isFloat, "b")
            .node("b", "Mul", "a", "x")
            .node("y", "Add", "b", "x")
            .write(folder);
    assertThatThrownBy(() -> load(file, ImportOptions.none()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cycle");
  }

  @Test
  void defaultsOfDefaultsAreReadHoweverManyThereAre() throws IOException {
    Nodes nodes = new Nodes().input("x", -1, 3).floats("d0", List.of(), 2);
    for (int i = 1; i < 20_000; i++) {
      nodes.node("d" + i, "PlaceholderWithDefault", Nodes::isFloat, "d" + (i - 1));
    }
    Path file = nodes.node("y", "Mul", "x", "d19999").write(folder);
    assertThat(run(load(file, ImportOptions.none()))).containsExactly(2, -4, 6, 8, 10, -12);
  }

  @Test
  void branchesThatDecideBranchesAreFollowedOnce() throws IOException {
    Path file = branchesOnBranches(150).write(folder);
    assertThat(run(load(file, ImportOptions.none()))).containsExactly(1, -2, 3, 4, 5, -6);
  }

  @Test
  void branchesThatDecideBranchesWithoutEndAreRefused() throws IOException {
    Path file = branchesOnBranches(5_000).write(folder);
    assertThatThrownBy(() -> load(file, ImportOptions.none()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("branches, one by one");
  }

  @Test
  void inputsKeepTheirNamesWhateverNodesAreCalled() throws IOException {
    Path saved =
        new Nodes()
            .input("x", -1, 3)
            .input("other", -1, 3)
            .node("b", "Neg", "x")
            .node("y", "Sub", "b", "other")
            .writeSaved(folder, Map.of("a", "x:0", "b", "other:0"), Map.of("scores", "y:0"));
    var graph = load(saved, ImportOptions.none()).imported().graph();
    assertThat(graph.inputs()).extracting(Value::name).containsExactly("a", "b");
  }

  /** Each decides the next, twice. */
  private static Nodes branchesOnBranches(int count) {
    Nodes nodes =
        new Nodes()
            .input("x", -1, 3)
            .floats("c0", List.of(), 1)
            .function("same", List.of("a"), List.of("r=a"), List.of())
            .function(
                "again", List.of("a"), List.of("r=b:output:0"), List.of(choice("b", "same", "a")));
    for (int i = 1; i <= count; i++) {
      nodes.add(choice("c" + i, "again", "c" + (i - 1)));
    }
    return nodes.node("y", "Mul", "x", "c" + count);
  }

  private static NodeDef choice(String name, String function, String input) {
    AttrValue both =
        AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build();
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("If")
        .addInput(input)
        .addInput(input)
        .putAttr("then_branch", both)
        .putAttr("else_branch", both)
        .build();
  }

  @Test
  void aTensorInTwoCallsIsThatOfTheFirst() throws IOException {
    List<float[]> seen = new ArrayList<>();
    Path file =
        new Nodes()
            .input("x", -1, 3)
            .function(
                "f", List.of("a"), List.of("r=inner:y:0"), List.of(of("inner", "Square", "a")))
            .add(call("one", "f", 1, "x"))
            .add(call("y", "f", 1, "one"))
            .write(folder);
    for (int i = 0; i < 8; i++) {
      seen.add(run(load(file, ImportOptions.none().withOutputs(List.of("inner")))));
    }
    assertThat(seen).allMatch(s -> s[1] == 4);
  }
}
