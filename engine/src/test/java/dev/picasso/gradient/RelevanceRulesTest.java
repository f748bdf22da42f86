package dev.picasso.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What relevance does between the layers, and what it keeps. */
class RelevanceRulesTest {
  private static final Shape IMAGE = Shape.of(1, 2, 4, 4);

  /** A graph of an image x: [1, 2, 4, 4]. */
  private record Net(String name, BiFunction<GraphBuilder, Value, Value> of) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Net> conserving() {
    return Stream.of(
        new Net("a sum", (g, x) -> g.add(x, g.relu(x))),
        new Net("a sum of three", (g, x) -> g.op("Sum", x, g.tanh(x), g.exp(x))),
        new Net("a mean of two", (g, x) -> g.op("Mean", x, g.exp(x))),
        new Net("a difference", (g, x) -> g.sub(g.exp(x), g.mul(x, 2))),
        new Net("a product by a constant", (g, x) -> g.mul(g.exp(x), weights(g, 2, 1, 1))),
        new Net("a quotient by a constant", (g, x) -> g.div(g.exp(x), 3)),
        new Net("a concatenation", (g, x) -> g.concat(1, List.of(g.relu(x), x, g.neg(x)))),
        new Net("a residual network", RelevanceRulesTest::residual),
        new Net("branches of several layers", RelevanceRulesTest::branches),
        new Net("squeeze and excitation", RelevanceRulesTest::excited),
        new Net("an average pool", (g, x) -> g.op("GlobalAveragePool", g.exp(x))),
        new Net("a mean", (g, x) -> g.mean(g.exp(x), false, 2, 3)),
        new Net("a sum over axes", (g, x) -> g.sum(x, false, 1)),
        new Net("windows that overlap", RelevanceRulesTest::pooled),
        new Net("a maximum", (g, x) -> g.op("GlobalMaxPool", x)),
        new Net("the larger of two", (g, x) -> g.max(x, g.neg(x))),
        new Net("a running sum", (g, x) -> g.op("CumSum", g.exp(x), g.constant(Tensor.scalar(2L)))),
        new Net("a norm", (g, x) -> g.reduce("ReduceL2", x, true, 2, 3)),
        new Net("a sum of magnitudes", (g, x) -> g.reduce("ReduceL1", x, true, 2, 3)),
        new Net("a sum of squares", (g, x) -> g.reduce("ReduceSumSquare", x, true, 2, 3)),
        new Net("a product over axes", (g, x) -> g.reduce("ReduceProd", x, true, 2, 3)),
        new Net("a logarithm of a sum", (g, x) -> g.reduce("ReduceLogSum", g.exp(x), true, 1)),
        new Net("a soft maximum", (g, x) -> g.reduce("ReduceLogSumExp", x, true, 1)),
        new Net("a square", (g, x) -> g.mul(x, x)),
        new Net("a product of two", (g, x) -> g.mul(g.exp(x), g.neg(x))),
        new Net("a matrix product of two", (g, x) -> g.matMul(x, g.exp(x))),
        new Net("weights that are computed", (g, x) -> g.matMul(g.exp(weights(g, 4, 4)), x)),
        new Net("a sum of products", RelevanceRulesTest::outer),
        new Net("an interpolation", RelevanceRulesTest::enlarged),
        new Net("repeated pixels", (g, x) -> g.repeatPixels(x, 2, 2)),
        new Net("x·sigmoid(x)", (g, x) -> g.mul(x, g.sigmoid(x))),
        new Net("a normalization", RelevanceRulesTest::normalized),
        new Net("a layer norm", RelevanceRulesTest::layerNorm),
        new Net("an added update", RelevanceRulesTest::updated),
        new Net("moves", RelevanceRulesTest::moved));
  }

  private static Value residual(GraphBuilder g, Value x) {
    Value stem = g.relu(conv(g, x, 4, 2));
    Value block = g.relu(g.add(stem, conv(g, g.relu(conv(g, stem, 4, 4)), 4, 4)));
    return g.reshape(g.mul(g.op("GlobalAveragePool", g.add(block, conv(g, x, 4, 2))), 3), 1, 4);
  }

  private static Value branches(GraphBuilder g, Value x) {
    Value a = g.relu(conv(g, x, 3, 2));
    Value b = g.op("HardSwish", conv(g, a, 2, 3));
    return g.matMul(g.reshape(g.concat(1, List.of(a, b, x)), 1, 112), weights(g, 112, 5));
  }

  private static Value excited(GraphBuilder g, Value x) {
    Value a = g.op("HardSwish", conv(g, x, 3, 2));
    Value gate = g.op("HardSigmoid", conv(g, g.op("GlobalAveragePool", a), 3, 3));
    return conv(g, g.mul(gate, a), 2, 3);
  }

  private static Value pooled(GraphBuilder g, Value x) {
    return g.op(
        "AveragePool",
        Attributes.of("kernel_shape", new long[] {3, 3})
            .with("pads", new long[] {1, 1, 1, 1})
            .with("count_include_pad", 0),
        x);
  }

  private static Value outer(GraphBuilder g, Value x) {
    return g.op("Einsum", Attributes.of("equation", "nchw,nchv->nhv"), x, g.exp(x));
  }

  private static Value enlarged(GraphBuilder g, Value x) {
    Value scales = g.constant(Tensor.of(new float[] {1, 1, 2, 2}, 4));
    return g.emit(
            "Resize",
            Attributes.of("mode", "linear"),
            1,
            List.of(Optional.of(g.exp(x)), Optional.empty(), Optional.of(scales)))
        .get(0);
  }

  /** As exporters write it: x − mean, over its deviation, times γ, plus β. */
  private static Value normalized(GraphBuilder g, Value x) {
    Value centred = g.sub(x, g.mean(x, true, 3));
    Value deviation = g.sqrt(g.add(g.mean(g.square(centred), true, 3), 1e-5));
    return g.add(g.mul(g.div(centred, deviation), weights(g, 4)), weights(g, 4));
  }

  private static Value layerNorm(GraphBuilder g, Value x) {
    Value gamma = weights(g, 4);
    return g.emit(
            "LayerNormalization",
            Attributes.of("axis", -1),
            1,
            List.of(Optional.of(x), Optional.of(gamma), Optional.of(weights(g, 4))))
        .get(0);
  }

  private static Value updated(GraphBuilder g, Value x) {
    Value rows = g.reshape(x, 8, 4);
    Value places = g.constant(Tensor.of(new long[] {5, 1}, 2, 1));
    return g.op(
        "ScatterND",
        Attributes.of("reduction", "add"),
        rows,
        places,
        g.exp(g.slice(rows, 0, 0, 2)));
  }

  private static Value moved(GraphBuilder g, Value x) {
    Value turned = g.transpose(g.pad(x, 0, 0, 1, 1, 0, 0, 1, 1), 0, 2, 3, 1);
    Value half = g.slice(turned, 1, 1, 5);
    return g.tile(
        g.op("DepthToSpace", Attributes.of("blocksize", 2), g.reshape(half, 1, 4, 4, 3)),
        1,
        1,
        2,
        1);
  }

  /** All arrives; with α and β it would where each output has something of both signs. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("conserving")
  void relevanceIsConserved(Net net) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, IMAGE);
    Value y = net.of().apply(g, x);
    for (Lrp lrp : List.of(Lrp.epsilon(), Lrp.epsilonPlusFlat(), Lrp.gamma())) {
      Map<String, float[]> found = walk(lrp, g, y, List.of(y.name(), "x"));
      assertThat(sum(found.get("x")))
          .as("%s", lrp)
          .isCloseTo(sum(found.get(y.name())), within(2e-3 * size(found.get(y.name()))));
    }
  }

  @Test
  void aSumSharesByWhatItsPartsAre() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(2));
    Value a = g.mul(x, 3);
    Value y = g.add(a, x);
    Map<String, float[]> found = walk(Lrp.epsilon(), g, y, List.of(a.name()), row(1, -2));
    assertThat(found.get(a.name())).containsExactly(new float[] {3, -6}, within(1e-4f));
  }

  /** What each bias took is its share of the denominator: R·b/z. */
  @Test
  void whatArrivesAndWhatBiasesTookIsTheScore() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, IMAGE);
    Map<String, Tensor> biases = new LinkedHashMap<>();
    Value first = biased(g, x, 4, 2, biases);
    Value second = biased(g, g.relu(first), 4, 4, biases);
    Value joined = g.relu(g.add(g.relu(first), second));
    Value features = g.reshape(g.op("GlobalAveragePool", joined), 1, 4);
    Tensor b = random(9, 3);
    Value y = g.add(g.matMul(features, weights(g, 4, 3)), g.constant(b));
    biases.put(y.name(), b);
    List<String> by = new ArrayList<>(biases.keySet());
    by.add("x");
    Map<String, float[]> found = walk(Lrp.epsilon(), g, y, by);
    Map<String, Tensor> values = run(g, by, Map.of("x", random(1, IMAGE.dims())));
    double taken = 0;
    for (String z : biases.keySet()) {
      float[] sums = values.get(z).floats();
      float[] bias = biases.get(z).floats();
      for (int j = 0; j < sums.length; j++) {
        taken += (double) found.get(z)[j] * bias[j * bias.length / sums.length] / sums[j];
      }
    }
    double score = sum(found.get(y.name()));
    assertThat(Math.abs(taken)).isGreaterThan(.05 * Math.abs(score));
    assertThat(sum(found.get("x")) + taken).isCloseTo(score, within(1e-3 * Math.abs(score)));
  }

  private static Value biased(
      GraphBuilder g, Value x, int out, int in, Map<String, Tensor> biases) {
    Tensor b = random(out + in, out);
    Value w = weights(g, out, in, 3, 3);
    Value z = g.conv(x, w, Optional.of(g.constant(b)), Attributes.of("pads", PADS));
    biases.put(z.name(), b);
    return z;
  }

  static Stream<Net> gated() {
    return Stream.of(
        new Net("a sigmoid", (g, x) -> g.mul(g.sigmoid(g.neg(x)), x)),
        new Net("a clipped line", (g, x) -> g.mul(x, g.div(g.clip(g.add(x, 3), 0, 6), 6))),
        new Net("GELU", (g, x) -> g.mul(g.mul(x, .5), g.add(g.op("Erf", x), 1))),
        new Net("a tanh", (g, x) -> g.mul(x, g.tanh(g.op("Softplus", x)))),
        new Net(
            "a spread gate",
            (g, x) -> g.mul(x, g.expand(g.sigmoid(g.slice(x, 3, 0, 1)), 1, 2, 4, 4))),
        new Net("one less a gate", (g, x) -> g.mul(g.oneMinus(g.sigmoid(x)), x)),
        new Net("a softmax", (g, x) -> g.mul(x, g.softmax(x, 1))),
        new Net(
            "one over a norm", (g, x) -> g.mul(x, g.reciprocal(g.reduce("ReduceL2", x, true, 1)))),
        new Net(
            "a root of minus one half",
            (g, x) -> g.mul(x, g.pow(g.mean(g.square(x), true, 1), -.5))),
        new Net("a quotient", (g, x) -> g.div(x, g.exp(x))),
        new Net("a layer norm", RelevanceRulesTest::normalized),
        new Net("the operator for it", RelevanceRulesTest::layerNorm),
        new Net("a function", (g, x) -> g.op("Mish", g.op("LeakyRelu", x))));
  }

  /** All relevance of y is that of x at the same place. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("gated")
  void allGoesToTheSignal(Net net) {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, IMAGE);
    Value signal = g.add(conv(g, x, 2, 2), 0);
    Value y = net.of().apply(g, signal);
    Map<String, float[]> found = walk(Lrp.epsilon(), g, y, List.of(y.name(), signal.name()));
    assertThat(found.get(signal.name())).containsExactly(found.get(y.name()), within(1e-6f));
  }

  @Test
  void aReLU6IsNoGate() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, IMAGE);
    Value a = g.clip(conv(g, x, 2, 2), 0, 6);
    Value y = g.mul(a, g.sigmoid(conv(g, x, 2, 2)));
    Map<String, float[]> found = walk(Lrp.epsilon(), g, y, List.of(y.name(), a.name()));
    assertThat(found.get(a.name())).containsExactly(found.get(y.name()));
  }

  @Test
  void softmaxHasTheRuleOfAttnLrp() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(1, 3));
    Value y = g.softmax(x, 1);
    float[] in = {1, -2, .5f};
    Map<String, float[]> found = walk(Lrp.attention(), g, y, List.of(y.name(), "x"), in);
    float[] r = found.get(y.name());
    float[] p = run(g, List.of(y.name()), Map.of("x", Tensor.of(in, 1, 3))).get(y.name()).floats();
    float[] expected = new float[3];
    for (int i = 0; i < 3; i++) {
      expected[i] = in[i] * (r[i] - p[i] * (float) sum(r));
    }
    assertThat(found.get("x")).containsExactly(expected, within(1e-6f));
  }

  /** What a mask sets to minus infinity has none, and makes no NaN. */
  @Test
  void maskedPlacesHaveNoRelevance() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(1, 3));
    Value mask = g.constant(Tensor.of(new float[] {0, Float.NEGATIVE_INFINITY, 0}, 1, 3));
    Value y = g.softmax(g.add(x, mask), 1);
    float[] found = walk(Lrp.attention(), g, y, List.of("x"), 1, -2, .5f).get("x");
    assertThat(found[1]).isZero();
    assertThat(found[0]).isFinite().isNotZero();
  }

  /** The layer at the pixels has the rule for them, and what scales them is not in its way. */
  @ParameterizedTest
  @MethodSource("scalings")
  void pixelsMayBeScaledBeforeTheFirstLayer(Net scaling) {
    List<Float> low = List.of(-2f, -1f);
    List<Float> high = List.of(1.5f, 2f);
    // The same bounds as the layer sees them: 2·x + 1, whose channels may be exchanged.
    boolean exchanged = scaling.name().contains("exchanged");
    List<Float> seenLow = exchanged ? List.of(-1f, -3f) : List.of(-3f, -1f);
    List<Float> seenHigh = exchanged ? List.of(5f, 4f) : List.of(4f, 5f);
    boolean last = scaling.name().contains("last");
    Tensor x = random(3, last ? new long[] {1, 4, 4, 2} : IMAGE.dims());

    GraphBuilder g = new GraphBuilder();
    Value in = g.input("x", DataType.FLOAT, x.shape());
    Value seen = scaling.of().apply(g, in);
    Value y = conv(g, g.relu(conv(g, seen, 3, 2)), 2, 3);
    Map<String, float[]> found =
        walk(Lrp.epsilonGammaBox(low, high), g, y, List.of("x", seen.name()), x.floats());
    Tensor fed = run(g, List.of(seen.name()), Map.of("x", x)).get(seen.name());

    GraphBuilder bare = new GraphBuilder();
    Value same = bare.input("x", DataType.FLOAT, IMAGE);
    Value z = conv(bare, bare.relu(conv(bare, same, 3, 2)), 2, 3);
    Map<String, float[]> expected =
        walk(Lrp.epsilonGammaBox(seenLow, seenHigh), bare, z, List.of("x"), fed.floats());
    assertThat(found.get(seen.name())).containsExactly(expected.get("x"), within(1e-5f));
    assertThat(sum(found.get("x"))).isCloseTo(sum(expected.get("x")), within(1e-4));
    assertThat(size(found.get("x"))).isCloseTo(size(expected.get("x")), within(1e-4));
  }

  static Stream<Net> scalings() {
    return Stream.of(
        new Net("scaled and shifted", (g, x) -> g.add(g.mul(x, 2), 1)),
        new Net("shifted and divided", (g, x) -> g.div(g.sub(x, g.scalarLike(x, -.5)), .5)),
        new Net("turned round", (g, x) -> g.sub(g.scalarLike(x, 1), g.mul(x, -2))),
        new Net("channels last", (g, x) -> g.transpose(g.add(g.mul(x, 2), 1), 0, 3, 1, 2)),
        new Net("channels exchanged", (g, x) -> g.gather(g.add(g.mul(x, 2), 1), g.longs(1, 0), 1)),
        new Net(
            "parts exchanged",
            (g, x) ->
                g.add(
                    g.mul(g.concat(1, List.of(g.slice(x, 1, 1, 2), g.slice(x, 1, 0, 1))), 2), 1)));
  }

  @Test
  void boundsThatDoNotFitThePixelsAreTold() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, IMAGE);
    Value y = conv(g, x, 3, 2);
    Lrp lrp = Lrp.epsilonGammaBox(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
    assertThatThrownBy(() -> walk(lrp, g, y, List.of("x")))
        .isInstanceOf(DifferentiationException.class)
        .hasMessageContaining("there are bounds for 3 channels, and the pixels are [1, 2, 4, 4]");
  }

  /** The rule of squared weights, as on the page of the package. */
  private record SquaredWeights() implements LayerRule {
    @Override
    public Value relevance(GraphBuilder g, Layer layer, Value r) {
      Layer.Part squared = layer.part(w -> w * w);
      return squared.back(g.div(r, squared.of(layer.ones())));
    }

    @Override
    public boolean byContribution() {
      return false; // it gives relevance to zeros too
    }
  }

  @Test
  void aLayerRuleMayBeOnesOwn() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, Shape.of(1, 2));
    Value w = g.constant(Tensor.of(new float[] {1, -2, 3, 1}, 2, 2)); // x₀ + 3·x₁, −2·x₀ + x₁
    Value y = g.op("Gemm", x, w);
    Lrp lrp = Lrp.epsilon().withFirst(new SquaredWeights());
    Map<String, float[]> found = walk(lrp, g, y, List.of("x"), 2, 1);
    // Outputs 5 and −3; squares 1 and 9, 4 and 1.
    float[] expected = {5 * .1f - 3 * .8f, 5 * .9f - 3 * .2f};
    assertThat(found.get("x")).containsExactly(expected, within(1e-5f));
  }

  @Test
  void whateverHasAGradientHasRelevanceToo() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, IMAGE);
    Set<String> ops = Lrp.epsilon().rules(g.build(g.relu(x))).ops();
    assertThat(new TreeSet<>(ops)).isEqualTo(new TreeSet<>(RuleSet.plain().ops()));
  }

  @Test
  void allOperatorsWithoutARuleAreNamed() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, IMAGE);
    Value a = g.shaped("Unheard", Attributes.none(), DataType.FLOAT, IMAGE, x);
    Value y = g.shaped("Unseen", Attributes.none(), DataType.FLOAT, IMAGE, g.relu(a));
    assertThatThrownBy(() -> walk(Lrp.epsilon(), g, y, List.of("x")))
        .isInstanceOf(DifferentiationException.class)
        .hasMessage(
            """
            The relevance cannot be computed through 2 operations of this model:
              Unheard (Unheard): there is no relevance rule for it
              Unseen (Unseen): there is no relevance rule for it
            Visualizations without gradients, such as partial occlusion, still work.\
            """);
  }

  /** A walk that ends at a layer gives it what a walk to the pixels would. */
  @Test
  void aLayerIsNotTheFirstForBeingAskedFor() {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, IMAGE);
    Value layer = conv(g, x, 3, 2);
    Value y = conv(g, g.tanh(layer), 2, 3);
    String name = layer.name();
    assertThat(walk(Lrp.epsilonPlusFlat(), g, y, List.of(name)).get(name))
        .containsExactly(walk(Lrp.epsilonPlus(), g, y, List.of(name, "x")).get(name));
  }

  @Test
  void compositesAreEqualWhenTheyChooseTheSame() {
    assertThat(Lrp.epsilonGammaBox(List.of(0f), List.of(1f)))
        .isEqualTo(Lrp.epsilonGammaBox(List.of(0f), List.of(1f)))
        .isNotEqualTo(Lrp.epsilonGammaBox(List.of(0f), List.of(2f)));
    assertThat(Lrp.gamma()).isNotEqualTo(Lrp.gamma().ignoringBiases());
  }

  private static final long[] PADS = {1, 1, 1, 1};

  private static Value conv(GraphBuilder g, Value x, int out, int in) {
    int window = x.dim(2) == 1 ? 1 : 3;
    long[] pads = window == 1 ? new long[4] : PADS;
    return g.conv(
        x,
        weights(g, out, in, window, window),
        Optional.empty(),
        Attributes.of("pads", pads).with("kernel_shape", new long[] {window, window}));
  }

  private static Value weights(GraphBuilder g, long... dims) {
    return g.constant(random((int) Shape.of(dims).size(), dims));
  }

  /** The relevance at some values, for a random image and random weights of the outputs. */
  private static Map<String, float[]> walk(
      Lrp lrp, GraphBuilder of, Value y, List<String> by, float... x) {
    Graph graph = of.build(y);
    GraphBuilder g = GraphBuilder.from(graph);
    Value seed = g.constant(random(2, y.shape().dims()));
    if (y.shape().size() <= 2) {
      seed = g.constant(Tensor.of(new float[] {1, 1}, y.shape().dims()));
    }
    Value start = lrp.start(g, y, seed);
    List<Value> found =
        new Differentiator(lrp.rules(graph)).gradients(g, graph, y.name(), start, by);
    Shape shape = graph.inputs().get(0).shape();
    Tensor fed = x.length == 0 ? random(1, shape.dims()) : Tensor.of(x, shape.dims());
    Map<String, Tensor> out = new OneOff().run(g.build(found), Map.of("x", fed));
    Map<String, float[]> relevance = new LinkedHashMap<>();
    for (int i = 0; i < by.size(); i++) {
      relevance.put(by.get(i), out.get(found.get(i).name()).floats());
    }
    return relevance;
  }

  private static Map<String, Tensor> run(
      GraphBuilder g, List<String> values, Map<String, Tensor> feed) {
    return new OneOff().run(g.build(values.stream().map(g::lookUp).toList()), feed);
  }

  private static float[] row(float... values) {
    return values;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static double size(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }

  private static Tensor random(int seed, long... dims) {
    Random random = new Random(seed);
    float[] values = new float[(int) Shape.of(dims).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return Tensor.of(values, dims);
  }
}
