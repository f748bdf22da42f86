package dev.picasso.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the walk does, whatever the rules; numbers are small enough to do by hand. */
class DifferentiatorTest {
  static final List<String> COMPARISONS =
      List.of("Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual");
  static final List<String> QUESTIONS =
      List.of("IsNaN", "IsInf", "ArgMax", "ArgMin", "Shape", "Size");
  static final List<String> PLACES = List.of("EyeLike", "NonZero");

  static final List<String> STOPS = List.of("StopGradient");

  static final List<String> DRAWS =
      List.of("RandomNormalLike", "RandomUniformLike", "Bernoulli", "Multinomial");

  private final GraphBuilder g = new GraphBuilder();
  private final Value x = g.input("x", DataType.FLOAT, Shape.of(3));
  private static final Tensor X = Tensor.of(new float[] {1, -2, 3}, 3);

  @Test
  void aValueReadSeveralTimesGetsTheSumOfAllGradients() {
    Value y = g.add(g.mul(x, x), g.add(g.mul(x, 5), x)); // x² + 6x
    assertThat(gradient(y, x)).containsExactly(8, 2, 12);
  }

  static final List<String> KINKS = List.of("ReduceL2", "LpNormalization", "GlobalLpPool");

  @ParameterizedTest
  @FieldSource("KINKS")
  void nothingPassesANormOfZeros(String op) {
    Value images = g.reshape(x, 1, 1, 3);
    Value zeros = g.mul(images, 0);
    Value y =
        switch (op) {
          case "ReduceL2" -> g.reduce(op, zeros, true, 2);
          case "LpNormalization" -> g.op(op, Attributes.of("axis", 2), zeros);
          default -> g.op(op, zeros);
        };
    assertThat(gradient(y, zeros)).containsExactly(0, 0, 0);
  }

  @Test
  void theGradientOfAProductIsThatOfTheOthersWhereOneIsZero() {
    Tensor rows = Tensor.of(new float[] {2, 0, 5, 0, 0, 3, 2, 3, 4}, 3, 3);
    Value given = g.add(g.mul(g.reshape(x, 1, 3), 0), g.constant(rows));
    Value y = g.reduce("ReduceProd", given, true, 1);
    assertThat(gradient(y, given)).containsExactly(0, 10, 0, 0, 0, 0, 12, 8, 6);
  }

  @Test
  void manyPickedPlacesNeedNoMatrix() {
    int size = 60_000;
    long[] places = new long[size];
    Arrays.setAll(places, i -> size - 1 - i);
    GraphBuilder big = new GraphBuilder();
    Value x = big.input("x", DataType.FLOAT, Shape.of(2, size));
    Value y = big.gather(x, big.longs(places), 1);
    Value seed = big.input("seed", DataType.FLOAT, y.shape());
    Value dx =
        new Differentiator(RuleSet.plain())
            .gradients(big, big.build(y), y.name(), seed, List.of(x.name()))
            .get(0);
    float[] values = new float[2 * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Tensor given = Tensor.of(values, 2, size);
    float[] result =
        new OneOff()
            .run(big.build(dx), Map.of(x.name(), given, seed.name(), given))
            .get(dx.name())
            .floats();
    assertThat(result[0]).isEqualTo(size - 1);
    assertThat(result[size]).isEqualTo(2 * size - 1);
    assertThat(result[2 * size - 1]).isEqualTo(size);
  }

  @Test
  void aResidualConnectionAddsItsGradientToTheBranch() {
    Value branch = g.relu(g.mul(x, 2));
    assertThat(gradient(g.add(x, branch), x)).containsExactly(3, 1, 3);
  }

  @Test
  void aSharedNodeIsDifferentiatedOnceForAllItsReaders() {
    Value shared = g.relu(x);
    Value y = g.add(g.mul(shared, 2), g.square(shared)); // 2r + r²
    assertThat(gradient(y, x)).containsExactly(4, 0, 8);
    assertThat(g.build(y).nodes().stream().filter(n -> n.op().equals("Relu"))).hasSize(1);
  }

  @Test
  void theGradientOfWhatWasBroadcastIsSummedBack() {
    Value row = g.input("row", DataType.FLOAT, Shape.of(1, 3));
    Value column = g.input("column", DataType.FLOAT, Shape.of(2, 1));
    Value y = g.mul(row, column); // [2, 3]
    Value seed = g.constant(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    Map<String, Tensor> feed =
        Map.of(
            "x", X,
            "row", Tensor.of(new float[] {1, 10, 100}, 1, 3),
            "column", Tensor.of(new float[] {1, -1}, 2, 1));
    List<Tensor> gradients = gradients(y, seed, feed, row, column);
    assertThat(gradients.get(0).shape()).isEqualTo(Shape.of(1, 3));
    assertThat(gradients.get(0).floats()).containsExactly(1 - 4, 2 - 5, 3 - 6);
    assertThat(gradients.get(1).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(gradients.get(1).floats()).containsExactly(321, 654);
  }

  @Test
  void anInnerValueAndAnInputAreAskedForAtOnce() {
    Value inner = g.square(x);
    Value y = g.add(g.mul(inner, 3), x); // 3i + x, i = x²
    List<Tensor> gradients = gradients(y, ones(y), Map.of("x", X), x, inner);
    assertThat(gradients.get(0).floats()).containsExactly(7, -11, 19);
    assertThat(gradients.get(1).floats()).containsExactly(3, 3, 3);
  }

  @Test
  void severalInputsGetTheirOwnGradientAndAStrangerZeros() {
    Value other = g.input("other", DataType.FLOAT, Shape.of(3));
    Value stranger = g.input("stranger", DataType.FLOAT, Shape.of(2));
    Value y = g.mul(x, other);
    Map<String, Tensor> feed =
        Map.of(
            "x", X,
            "other", Tensor.of(new float[] {4, 5, 6}, 3),
            "stranger", Tensor.of(new float[] {7, 8}, 2));
    List<Tensor> gradients = gradients(y, ones(y), feed, x, other, stranger);
    assertThat(gradients.get(0).floats()).containsExactly(4, 5, 6);
    assertThat(gradients.get(1).floats()).containsExactly(1, -2, 3);
    assertThat(gradients.get(2).floats()).containsExactly(0, 0);
  }

  @Test
  void theSeedAsksForTwoTargetsAtOnce() {
    Value w = g.constant(Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3));
    Value y = g.matMul(g.reshape(x, 1, 3), w);
    Value seed = g.constant(Tensor.of(new float[] {1, 0, -2}, 1, 3));
    assertThat(gradients(y, seed, Map.of("x", X), x).get(0).floats())
        .containsExactly(1 - 6, 4 - 12, 7 - 18);
  }

  @Test
  void whatIsDifferentiatedByItselfHasTheSeedForItsGradient() {
    assertThat(gradient(x, x)).containsExactly(1, 1, 1);
  }

  @Test
  void partsOfASplitThatNothingReadsCountAsZero() {
    List<Value> parts =
        g.emit("Split", Attributes.of("num_outputs", 3), 3, List.of(Optional.of(x)));
    assertThat(gradient(g.mul(parts.get(1), 7), x)).containsExactly(0, 7, 0);
  }

  @Test
  void aConstantBetweenStopsNothing() {
    Value mask = g.cast(g.greater(x, g.scalarLike(x, 0)), DataType.FLOAT);
    assertThat(gradient(g.mul(x, mask), x)).containsExactly(1, 0, 1);
  }

  @ParameterizedTest
  @FieldSource("COMPARISONS")
  void aComparisonIsFlat(String op) {
    Value zero = g.scalarLike(x, 0);
    assertThat(gradient(g.cast(g.op(op, x, zero), DataType.FLOAT), x)).containsExactly(0, 0, 0);
  }

  @ParameterizedTest
  @FieldSource("STOPS")
  void whatIsStoppedIsAConstantToTheGradient(String op) {
    assertThat(gradient(g.mul(g.op(op, x), x), x)).containsExactly(1, -2, 3);
  }

  @ParameterizedTest
  @FieldSource("QUESTIONS")
  void aQuestionAboutNumbersIsFlat(String op) {
    assertThat(gradient(g.cast(g.op(op, x), DataType.FLOAT), x)).containsExactly(0, 0, 0);
  }

  @ParameterizedTest
  @FieldSource("PLACES")
  void whatOnlyLooksAtShapesOrPlacesIsFlat(String op) {
    Value rows = g.reshape(x, 1, 3);
    Value made = new Value("made", DataType.FLOAT, Shape.of(1, 3));
    Value places = new Value("places", DataType.INT64, Shape.of(2, 3));
    boolean eye = op.equals("EyeLike");
    g.add(
        new Node(op, op, List.of(rows.name()), List.of(eye ? "made" : "places"), Attributes.none()),
        List.of(eye ? made : places));
    Value y = eye ? made : g.cast(places, DataType.FLOAT);
    assertThat(gradient(y, x)).containsExactly(0, 0, 0);
  }

  @ParameterizedTest
  @FieldSource("DRAWS")
  void whatIsDrawnAtRandomIsFlat(String op) {
    Value chances = g.sigmoid(g.reshape(x, 1, 3));
    boolean places = op.equals("Multinomial");
    Value drawn =
        new Value(
            "drawn",
            places ? DataType.INT32 : DataType.FLOAT,
            places ? Shape.of(1, 1) : Shape.of(1, 3));
    g.add(
        new Node(op, op, List.of(chances.name()), List.of("drawn"), Attributes.none()),
        List.of(drawn));
    Value y = g.add(g.mul(g.cast(drawn, DataType.FLOAT), 5), x);
    assertThat(gradient(y, x)).containsExactly(1, 1, 1);
  }

  @Test
  void pixelsOfEightBitsAreFollowedToWhereTheyBecomeNumbers() {
    Value pixels = g.input("pixels", DataType.UINT8, Shape.of(1, 2, 2));
    Value moved = g.reshape(g.transpose(pixels, 0, 2, 1), 1, 4);
    Value y =
        g.mul(g.cast(moved, DataType.FLOAT), g.constant(Tensor.of(new float[] {.5f, 1, 2, 4}, 4)));
    Tensor given = Tensor.of(new long[] {1, 2, 3, 4}, 1, 2, 2).as(DataType.UINT8);
    Tensor gradient = gradients(y, ones(y), Map.of("x", X, "pixels", given), pixels).get(0);
    assertThat(gradient.type()).isEqualTo(DataType.FLOAT);
    assertThat(gradient.floats()).containsExactly(.5f, 2, 1, 4);
  }

  @Test
  void everyNodeWithoutARuleIsNamedInOneError() {
    Value a = unknown("block1/strange", "Strange", "", x, DataType.FLOAT);
    Value b = unknown("block2/odd", "Odd", "com.example", g.relu(a), DataType.FLOAT);
    unknown("beside", "Aside", "", x, DataType.FLOAT);
    assertThatThrownBy(() -> gradient(b, x))
        .isInstanceOf(DifferentiationException.class)
        .hasMessageContaining("2 operations")
        .hasMessageContaining("block1/strange (Strange)")
        .hasMessageContaining("block2/odd (com.example.Odd)")
        .hasMessageNotContaining("beside");
  }

  @Test
  void eachKindOfOperatorWithoutARuleIsNamedOnceWithHowOftenItOccurs() {
    Value at = x;
    for (int i = 1; i <= 3; i++) {
      at = unknown("block" + i + "/strange", "Strange", "", at, DataType.FLOAT);
    }
    Value last = unknown("last", "Odd", "com.example", at, DataType.FLOAT);
    assertThatThrownBy(() -> gradient(last, x))
        .hasMessageContaining("4 operations")
        .hasMessageContaining(
            "\n  Strange (3 times): there is no gradient rule for it; the first is block1/strange\n"
                + "  last (com.example.Odd): there is no gradient rule for it\n")
        .hasMessageNotContaining("block2");
  }

  /** Rules refuse one by one. */
  @Test
  void whatRulesRefuseIsCountedToo() {
    Tensor places = Tensor.of(new long[] {1, 2}, 2, 1);
    OpCase row = OpCase.op("GatherND").input(2, 3, 4).given(places).with("batch_dims", 1);
    Value one = row.emit(g, DataType.FLOAT).outputs().get(0);
    Value two =
        g.op("GatherND", Attributes.of("batch_dims", 1), g.lookUp("x0"), g.constant(places));
    assertThatThrownBy(() -> gradient(g.add(one, two), g.lookUp("x0")))
        .hasMessageContaining("GatherND (2 times): batch_dims is not zero; the first is ");
  }

  @Test
  void anUnknownOperatorThatMakesIntegersIsAnErrorAndNotZero() {
    Value steps = unknown("input/QuantizeLinear", "QuantizeLinear", "", x, DataType.UINT8);
    Value product = unknown("conv/QLinearConv", "QLinearConv", "", steps, DataType.UINT8);
    Value y = g.cast(product, DataType.FLOAT);
    assertThatThrownBy(() -> gradient(y, x))
        .isInstanceOf(DifferentiationException.class)
        .hasMessageContaining("input/QuantizeLinear (QuantizeLinear)")
        .hasMessageContaining("conv/QLinearConv (QLinearConv)");
  }

  @Test
  void anOutputLeftOutConnectsNothing() {
    g.add(
        new Node("drop", "Dropout", List.of("x"), List.of("dropped", ""), Attributes.none()),
        List.of(new Value("dropped", DataType.FLOAT, Shape.of(3))));
    Value clipped =
        g.emit(
                "Clip",
                Attributes.none(),
                1,
                List.of(
                    Optional.of(g.lookUp("dropped")),
                    Optional.empty(),
                    Optional.of(g.scalarLike(x, 2))))
            .get(0);
    Map<String, Tensor> feed = Map.of("x", X);
    Graph graph = g.build(clipped);
    Value dx =
        new Differentiator(RuleSet.plain())
            .gradients(g, graph, clipped.name(), ones(clipped), List.of("x"))
            .get(0);
    assertThat(new OneOff().run(g.build(dx), feed).get(dx.name()).floats())
        .containsExactly(1, 1, 0);
  }

  static Stream<Object[]> refusals() {
    Tensor places = Tensor.of(new long[] {1, 2}, 2, 1);
    return Stream.of(
        new Object[] {
          OpCase.op("GatherND").input(2, 3, 4).given(places).with("batch_dims", 1), "batch_dims"
        },
        new Object[] {OpCase.op("ReduceMean").input(-1, 3).longs(0), "mean over the batch"},
        new Object[] {
          OpCase.op("ScatterND").input(4, 3).given(places).input(2, 3).with("reduction", "mul"),
          "reduction mul"
        },
        new Object[] {OpCase.op("Conv").weight(1, 2, 4, 4).input(2, 2, 3, 3), "input 1"},
        new Object[] {
          OpCase.op("Resize")
              .input(1, 2, 4, 4)
              .floats(0, 0, .1f, .2f, 1, 1, .8f, 1.1f)
              .none()
              .longs(1, 2, 3, 5)
              .with("mode", "linear")
              .with("coordinate_transformation_mode", "tf_crop_and_resize"),
          "tf_crop_and_resize"
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatARuleCannotDoIsSaidWithTheNode(OpCase row, String reason) {
    Value y = row.emit(g, DataType.FLOAT).outputs().get(0);
    assertThatThrownBy(() -> gradient(y, g.lookUp("x0")))
        .isInstanceOf(DifferentiationException.class)
        .hasMessageContaining("(" + row.op() + ")")
        .hasMessageContaining(reason);
  }

  @Test
  void aReplacementCountsOnlyForTheNodesThatItPicks() {
    Value first = g.scoped("first", () -> g.relu(x));
    Value y = g.scoped("second", () -> g.relu(first));
    RuleSet replaced =
        RuleSet.plain()
            .with("Relu", node -> node.name().startsWith("second"), (b, node, dy) -> b.mul(dy, 10));
    assertThat(gradient(replaced, y, x)).containsExactly(10, 0, 10);
    assertThat(gradient(RuleSet.plain(), y, x))
        .as("the plain set is as before")
        .containsExactly(1, 0, 1);
  }

  @Test
  void theReplacementMadeLastComesFirst() {
    Value y = g.relu(x);
    RuleSet twice =
        RuleSet.plain()
            .with("Relu", (b, node, dy) -> b.mul(dy, 10))
            .with("Relu", (b, node, dy) -> b.mul(dy, 20));
    assertThat(gradient(twice, y, x)).containsExactly(20, 20, 20);
  }

  private Value unknown(String name, String op, String domain, Value input, DataType type) {
    Value y = new Value(name + ":0", type, input.shape());
    g.add(
        new Node(name, domain, op, List.of(input.name()), List.of(y.name()), Attributes.none()),
        List.of(y));
    return y;
  }

  private Value ones(Value like) {
    float[] values = new float[(int) like.shape().size()];
    java.util.Arrays.fill(values, 1);
    return g.constant(Tensor.of(values, like.shape().dims()));
  }

  private float[] gradient(Value y, Value by) {
    return gradient(RuleSet.plain(), y, by);
  }

  private float[] gradient(RuleSet rules, Value y, Value by) {
    return gradients(rules, y, ones(y), Map.of("x", X), by).get(0).floats();
  }

  private List<Tensor> gradients(Value y, Value seed, Map<String, Tensor> feed, Value... by) {
    return gradients(RuleSet.plain(), y, seed, feed, by);
  }

  private List<Tensor> gradients(
      RuleSet rules, Value y, Value seed, Map<String, Tensor> feed, Value... by) {
    Graph graph = g.build(y);
    List<String> names = Stream.of(by).map(Value::name).toList();
    List<Value> made = new Differentiator(rules).gradients(g, graph, y.name(), seed, names);
    // One value may be the gradient of two, and minus zero is zero.
    List<Value> outputs = new ArrayList<>();
    made.forEach(v -> outputs.add(v.type().isFloating() ? g.add(v, 0) : g.identity(v)));
    Map<String, Tensor> results = new OneOff().run(g.build(outputs), feed);
    return outputs.stream().map(v -> results.get(v.name())).toList();
  }
}
