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
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scores are found behind every spelling of a softmax, and are x · w in all of these. */
class HeadTest {
  private static final Shape IMAGES = Shape.of(Shape.BATCH, 1, 2, 2);
  private static final float[] WEIGHTS = {1, -2, 3, .5f, .25f, -1, 2, -.5f, 1, -1, 0, 3};
  private static final float[] PIXELS = {.3f, -.6f, .9f, .2f};

  @TempDir Path folder;

  private record Spelling(String name, BiFunction<GraphBuilder, Value, Value> end) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Spelling> softmaxes() {
    return Stream.of(
        new Spelling("Softmax", (g, s) -> g.softmax(s, 1)),
        new Spelling(
            "Softmax between 1e-7 and its like", (g, s) -> g.clip(g.softmax(s, 1), 1e-7, 1 - 1e-7)),
        new Spelling("Exp of LogSoftmax", (g, s) -> g.exp(logSoftmax(g, s))),
        new Spelling("eˣ / Σ eˣ", HeadTest::quotient),
        new Spelling(
            "eˣ / Σ eˣ less the maximum",
            (g, s) -> quotient(g, g.sub(s, g.reduce("ReduceMax", s, true, 1)))),
        new Spelling("Softmax over the images", (g, s) -> g.softmax(s, 0)));
  }

  private static Value logSoftmax(GraphBuilder g, Value s) {
    return g.op("LogSoftmax", Attributes.of("axis", 1), s);
  }

  private static Value quotient(GraphBuilder g, Value s) {
    Value e = g.exp(s);
    return g.div(e, g.sum(e, true, 1));
  }

  @ParameterizedTest
  @MethodSource("softmaxes")
  void scoresAreFoundBeforeEverySpellingOfSoftmax(Spelling spelling) throws IOException {
    check(SmallModels.of(folder, IMAGES, (g, x) -> spelling.end().apply(g, scores(g, x))));
  }

  @Test
  void scoresAreFoundBehindAnArgMax() throws IOException {
    Model model =
        SmallModels.of(
            folder,
            IMAGES,
            (g, x) -> g.op("ArgMax", Attributes.of("axis", 1), g.softmax(scores(g, x), 1)));
    check(model);
  }

  @Test
  void theFirstOutputOfFloatingPointNumbersHasTheScores() throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value y = g.softmax(scores(g, g.input("x", DataType.FLOAT, IMAGES)), 1);
    Value best = g.op("ArgMax", Attributes.of("axis", 1), y);
    Model model = SmallModels.of(folder, g.build(best, y));
    check(model);
    assertThat(model.scores().assumed()).anyMatch(a -> a.contains("2 outputs"));
  }

  @Test
  void rowsOfSeveralSoftmaxesAreGivenBackToTheirImage() throws IOException {
    Model model =
        SmallModels.of(
            folder,
            IMAGES,
            (g, x) -> {
              Value each = g.op("Reshape", scores(g, x), g.longs(-1, 3));
              Value twice =
                  g.op("Reshape", g.concat(1, List.of(scores(g, x), each)), g.longs(-1, 3));
              return g.op("Reshape", g.softmax(twice, 1), g.longs(-1, 2, 3));
            });
    assertThat(model.head().kind()).isEqualTo(Head.Kind.SOFTMAX);
    assertThat(model.scores().assumed()).anyMatch(a -> a.contains("at each of 2 positions"));
    check(model);
  }

  @Test
  void aVectorOfTheOnlyImageThatAFileTakesHoldsItsClasses() throws IOException {
    Model model =
        SmallModels.of(
            folder,
            Shape.of(1, 1, 2, 2),
            (g, x) -> {
              Value w = g.constant(Tensor.of(WEIGHTS, 4, 3));
              return g.softmax(g.matMul(g.reshape(x, 4), w), 0);
            });
    assertThat(model.scores().targets()).isEqualTo(3);
    check(model);
  }

  @Test
  void aProductWithSomethingComputedHasNoHead() throws IOException {
    Model model =
        SmallModels.of(
            folder, IMAGES, (g, x) -> g.mul(g.softmax(scores(g, x), 1), g.tanh(scores(g, x))));
    assertThat(model.head().kind()).isEqualTo(Head.Kind.NONE);
  }

  private static Value scores(GraphBuilder g, Value x) {
    return g.matMul(g.reshape(x, Shape.BATCH, 4), g.constant(Tensor.of(WEIGHTS, 4, 3)));
  }

  private static void check(Model model) {
    float[] s = new float[3];
    for (int i = 0; i < 12; i++) {
      s[i % 3] += PIXELS[i / 3] * WEIGHTS[i];
    }
    double sum = Stream.of(s[0], s[1], s[2]).mapToDouble(Math::exp).sum();
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      Tensor x = Tensor.of(PIXELS, 1, 1, 2, 2);
      Predictions made = explainer.predict(x);
      for (int c = 0; c < 3; c++) {
        assertThat(made.score(0, c)).isEqualTo(s[c], within(1e-6f));
        assertThat(made.probability(0, c)).isEqualTo((float) (Math.exp(s[c]) / sum), within(1e-6f));
        float[] column = {WEIGHTS[c], WEIGHTS[3 + c], WEIGHTS[6 + c], WEIGHTS[9 + c]};
        assertThat(explainer.gradient(x, List.of(c), Quantity.LOGITS, Gradients.PLAIN).floats())
            .containsExactly(column, within(1e-6f));
      }
    }
  }
}
