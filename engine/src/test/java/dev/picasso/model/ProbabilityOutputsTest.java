package dev.picasso.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.Quantity;
import dev.picasso.attribution.SmallModels;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Head.Kind;
import dev.picasso.runtime.OneOff;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Outputs that are probabilities already get no softmax; scores and mere numbers are told apart.
 */
class ProbabilityOutputsTest {
  private static final Shape IMAGES = Shape.of(Shape.BATCH, 1, 2, 2);
  private static final float[] WEIGHTS = {1, -2, 3, .5f, .25f, -1, 2, -.5f, 1, -1, 0, 3};
  private static final float[] OTHERS = {-1, 1, 2, .5f, 2, 1, -2, .5f, 3, 1, 2, -3};
  private static final float[] PIXELS = {.3f, -.6f, .9f, .2f, .1f, .8f, -.2f, .4f};

  @TempDir Path folder;

  /** An end of a model, and how many times its probabilities the output is. */
  private record End(
      String name, Kind kind, double unit, BiFunction<GraphBuilder, Value, Value> layers) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<End> probabilities() {
    return Stream.of(
        new End("percent", Kind.SOFTMAX, 100, (g, x) -> g.mul(p(g, x), 100)),
        new End("doubled", Kind.SOFTMAX, 2, (g, x) -> g.mul(p(g, x), 2)),
        new End("mean", Kind.PROBABILITIES, 1, (g, x) -> g.mul(g.add(p(g, x), q(g, x)), .5)),
        new End("sum of two", Kind.PROBABILITIES, 2, (g, x) -> g.add(p(g, x), q(g, x))),
        new End("Mean", Kind.PROBABILITIES, 1, (g, x) -> g.op("Mean", p(g, x), q(g, x))),
        new End(
            "weighted",
            Kind.PROBABILITIES,
            1,
            (g, x) -> g.add(g.mul(p(g, x), .3), g.mul(q(g, x), .7))),
        new End(
            "stacked",
            Kind.PROBABILITIES,
            1,
            (g, x) -> {
              Value both =
                  List.of(p(g, x), q(g, x)).stream().map(v -> g.unsqueeze(v, 0)).toList().stream()
                      .reduce((a, b) -> g.concat(0, List.of(a, b)))
                      .orElseThrow();
              return g.mean(both, false, 0);
            }),
        new End("over their sum", Kind.PROBABILITIES, 1, (g, x) -> share(g, g.relu(scores(g, x)))),
        new End(
            "squares over their sum",
            Kind.PROBABILITIES,
            1,
            (g, x) -> share(g, g.square(scores(g, x)))),
        new End(
            "product of two over its sum",
            Kind.PROBABILITIES,
            1,
            (g, x) -> share(g, g.sqrt(g.mul(p(g, x), q(g, x))))),
        new End("clipped", Kind.PROBABILITIES, 1, (g, x) -> g.clip(p(g, x), .02, .98)),
        new End(
            "one and the rest",
            Kind.PROBABILITIES,
            1,
            (g, x) -> {
              Value one = g.sigmoid(g.slice(scores(g, x), 1, 0, 1));
              return g.concat(1, List.of(g.oneMinus(one), one));
            }),
        new End(
            "gated, which running it tells",
            Kind.PROBABILITIES,
            1,
            (g, x) -> {
              Value gate = g.sigmoid(g.slice(scores(g, x), 1, 0, 1));
              return g.add(g.mul(p(g, x), gate), g.mul(q(g, x), g.oneMinus(gate)));
            }),
        new End(
            "1 / (1 + exp −x)",
            Kind.SIGMOID,
            1,
            (g, x) -> g.reciprocal(g.add(g.exp(g.neg(scores(g, x))), 1))),
        new End(
            "1 / (1 + exp −x) by Div",
            Kind.SIGMOID,
            1,
            (g, x) -> {
              Value s = g.add(g.exp(g.mul(scores(g, x), -1)), 1);
              return g.div(g.scalarLike(s, 1), s);
            }),
        new End(
            "exp x / (1 + exp x)",
            Kind.SIGMOID,
            1,
            (g, x) -> {
              Value e = g.exp(scores(g, x));
              return g.div(e, g.add(e, 1));
            }),
        new End(
            "half a tanh and a half",
            Kind.SIGMOID,
            1,
            (g, x) -> g.add(g.mul(g.tanh(g.mul(scores(g, x), .5)), .5), .5)),
        new End("percent of a sigmoid", Kind.SIGMOID, 100, (g, x) -> g.mul(sigmoid(g, x), 100)),
        new End(
            "mean of sigmoids",
            Kind.SHARES,
            1,
            (g, x) -> g.mul(g.add(sigmoid(g, x), g.sigmoid(others(g, x))), .5)),
        new End("hard sigmoid", Kind.SHARES, 1, (g, x) -> g.op("HardSigmoid", scores(g, x))),
        new End(
            "hard sigmoid by Clip",
            Kind.SHARES,
            1,
            (g, x) -> g.div(g.clip(g.add(scores(g, x), 3), 0, 6), 6)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("probabilities")
  void probabilitiesAreThoseOfTheOutput(End end) throws IOException {
    Model model = SmallModels.of(folder, IMAGES, end.layers());
    assertThat(model.head().kind()).isEqualTo(end.kind());
    assertThat(model.scores().areProbabilities()).isTrue();
    assertThat(model.scores().assumed()).noneMatch(a -> a.contains("softmax is added for"));
    Tensor x = Tensor.of(PIXELS, 2, 1, 2, 2);
    float[] output = output(end, x);
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      Predictions made = explainer.predict(x);
      assertThat(made.probabilities().shape()).isEqualTo(Shape.of(2, model.scores().targets()));
      float[] shown = made.probabilities().floats();
      for (int i = 0; i < shown.length; i++) {
        assertThat(shown[i] * end.unit()).isEqualTo(output[i], within(1e-4 * end.unit()));
      }
      float[] gradient =
          explainer.gradient(x, List.of(0, 1), Quantity.LOGITS, Gradients.PLAIN).floats();
      assertThat(gradient).doesNotContain(Float.NaN);
    }
  }

  private static float[] output(End end, Tensor x) {
    GraphBuilder g = new GraphBuilder();
    Value y = end.layers().apply(g, g.input("x", DataType.FLOAT, IMAGES));
    Graph graph = g.build(y);
    return Optional.ofNullable(new OneOff().run(graph, Map.of("x", x)).get(y.name()))
        .orElseThrow()
        .floats();
  }

  static Stream<End> others() {
    return Stream.of(
        new End("linear", Kind.NONE, 1, (g, x) -> scores(g, x)),
        new End("rectified", Kind.NONE, 1, (g, x) -> g.relu(scores(g, x))),
        new End("a tanh", Kind.NUMBERS, 1, (g, x) -> g.tanh(scores(g, x))),
        new End("a product", Kind.NONE, 1, (g, x) -> g.mul(p(g, x), g.tanh(scores(g, x)))),
        new End("a share of the images", Kind.NONE, 1, (g, x) -> overImages(g, x)),
        new End(
            "a vector of length one",
            Kind.NUMBERS,
            1,
            (g, x) -> {
              Value s = scores(g, x);
              return g.div(s, g.sqrt(g.add(g.sum(g.square(s), true, 1), 1e-12)));
            }),
        new End("a range of numbers", Kind.NUMBERS, 1, (g, x) -> g.mul(sigmoid(g, x), 120)));
  }

  private static Value overImages(GraphBuilder g, Value x) {
    Value s = g.relu(scores(g, x));
    return g.div(s, g.add(g.sum(s, true, 0), 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void whatIsNoProbabilityIsNotTakenForOne(End end) throws IOException {
    Model model = SmallModels.of(folder, IMAGES, end.layers());
    assertThat(model.head().kind()).isEqualTo(end.kind());
    assertThat(model.scores().areProbabilities()).isEqualTo(end.kind() == Kind.NONE);
    assertThat(model.scores().assumed()).isNotEmpty();
  }

  @Test
  void anOutputThatIsNamedForNumbersGetsNoSoftmax() throws IOException {
    for (String name :
        List.of("landmarks", "head/bbox/BiasAdd", "box_regressor", "faceKeypoints")) {
      assertThat(named(name).head().kind()).as(name).isEqualTo(Kind.NUMBERS);
    }
    for (String name :
        List.of("output", "logits", "box_classifier", "posenet/logits", "sunflower")) {
      assertThat(named(name).head().kind()).as(name).isEqualTo(Kind.NONE);
    }
  }

  private Model named(String name) throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, IMAGES);
    return SmallModels.of(folder, g.build(g.named(scores(g, x), name)));
  }

  @Test
  void classesAreTakenWhereAnOutputOfNumbersStandsBefore() throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, IMAGES);
    Value box = g.named(g.sigmoid(others(g, x)), "bbox");
    Model model = SmallModels.of(folder, g.build(box, g.named(p(g, x), "species")));
    assertThat(model.head().output()).isEqualTo("species");
    assertThat(model.scores().assumed()).anyMatch(a -> a.contains("those of species"));
  }

  private static Value share(GraphBuilder g, Value x) {
    return g.div(x, g.add(g.sum(x, true, 1), 1e-7));
  }

  private static Value p(GraphBuilder g, Value x) {
    return g.softmax(scores(g, x), 1);
  }

  private static Value q(GraphBuilder g, Value x) {
    return g.op("Softmax", Attributes.of("axis", -1), others(g, x));
  }

  private static Value sigmoid(GraphBuilder g, Value x) {
    return g.sigmoid(scores(g, x));
  }

  private static Value scores(GraphBuilder g, Value x) {
    return g.matMul(g.reshape(x, Shape.BATCH, 4), g.constant(Tensor.of(WEIGHTS, 4, 3)));
  }

  private static Value others(GraphBuilder g, Value x) {
    return g.matMul(g.reshape(x, Shape.BATCH, 4), g.constant(Tensor.of(OTHERS, 4, 3)));
  }
}
