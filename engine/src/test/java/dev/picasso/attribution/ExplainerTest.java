package dev.picasso.attribution;

import static dev.picasso.attribution.SmallModels.linear;
import static dev.picasso.attribution.SmallModels.zigzag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainerTest {
  private static final Shape GREY = Shape.of(Shape.BATCH, 1, 3, 3);
  private static final float[] WEIGHTS = zigzag(9);

  @TempDir Path folder;

  private Explainer explainer(Model model) {
    return new Explainer(model, RuntimeOptions.defaults());
  }

  private static Tensor image() {
    return Tensor.of(new float[] {.1f, .9f, .3f, .4f, .5f, .2f, .7f, .8f, .6f}, 1, 1, 3, 3);
  }

  private static float score(float[] x, float[] w) {
    float sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * w[i];
    }
    return sum;
  }

  private static float[] negated(float[] values) {
    float[] out = values.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = -out[i];
    }
    return out;
  }

  @Test
  void aSingleSigmoidHasTwoNamedTargets() throws IOException {
    Model model = SmallModels.of(folder, GREY, (g, x) -> g.sigmoid(linear(g, x, WEIGHTS, 1)));
    assertThat(List.of(model.label(0), model.label(1))).containsExactly("no", "yes");
    try (Explainer explainer = explainer(model)) {
      Predictions made = explainer.predict(image());
      float s = score(image().floats(), WEIGHTS);
      float p = (float) (1 / (1 + Math.exp(-s)));
      assertThat(made.score(0, 1)).isEqualTo(s, within(1e-6f));
      assertThat(made.score(0, 0)).isEqualTo(-s, within(1e-6f));
      assertThat(made.probability(0, 1)).isEqualTo(p, within(1e-6f));
      assertThat(made.probability(0, 0)).isEqualTo(1 - p, within(1e-6f));
      assertThat(gradient(explainer, 1, Quantity.LOGITS)).containsExactly(WEIGHTS, within(1e-7f));
      assertThat(gradient(explainer, 0, Quantity.LOGITS))
          .containsExactly(negated(WEIGHTS), within(1e-7f));
      float[] ofProbability = gradient(explainer, 1, Quantity.PROBABILITIES);
      assertThat(ofProbability[3]).isEqualTo(WEIGHTS[3] * p * (1 - p), within(1e-6f));
    }
  }

  @Test
  void fewerImagesThanAFileFixesAreFilledUpAndMoreAreCut() throws IOException {
    // What ties the images of a batch together keeps its size from being freed.
    Model tied =
        SmallModels.of(
            folder,
            Shape.of(2, 1, 3, 3),
            (g, x) -> linear(g, g.sub(x, g.reduce("ReduceMax", x, true, 0)), zigzag(27), 3));
    assertThat(tied.input().orElseThrow().fixedBatch()).contains(2);
    try (Explainer explainer = explainer(tied)) {
      Predictions one = explainer.predict(image());
      assertThat(one.scores().shape()).isEqualTo(Shape.of(1, 3));
      assertThat(one.scores().floats()).as("beside a copy of itself").containsExactly(0, 0, 0);
      Tensor three = Batches.joined(List.of(image(), image(), image()));
      assertThat(explainer.predict(three).scores().shape()).isEqualTo(Shape.of(3, 3));
      assertThat(
              explainer.gradient(three, List.of(0, 1, 2), Quantity.LOGITS, Gradients.PLAIN).shape())
          .isEqualTo(Shape.of(3, 1, 3, 3));
    }
  }

  @Test
  void aNumberBesideTheImagesIsTheSameForAll() throws IOException {
    GraphBuilder g = new GraphBuilder();
    Value x = g.input("x", DataType.FLOAT, GREY);
    Value k = g.input("k", DataType.FLOAT, Shape.scalar());
    Model model = SmallModels.of(folder, g.build(linear(g, g.mul(x, k), zigzag(27), 3)));
    Tensor many = Batches.joined(Collections.nCopies(70, image()));
    try (Explainer explainer = explainer(model)) {
      Predictions once = explainer.predict(Map.of("x", many, "k", Tensor.scalar(1f)));
      Predictions twice = explainer.predict(Map.of("x", many, "k", Tensor.scalar(2f)));
      assertThat(twice.scores().shape()).isEqualTo(Shape.of(70, 3));
      assertThat(twice.score(69, 2)).isEqualTo(2 * once.score(0, 2), within(1e-6f));
    }
  }

  @Test
  void aSingleValueIsTargetZeroAndItsNegativeTargetOne() throws IOException {
    Model model = SmallModels.of(folder, GREY, (g, x) -> linear(g, x, WEIGHTS, 1));
    assertThat(model.scores().areProbabilities()).isFalse();
    assertThat(List.of(model.label(0), model.label(1))).containsExactly("value", "−value");
    try (Explainer explainer = explainer(model)) {
      float s = score(image().floats(), WEIGHTS);
      assertThat(explainer.predict(image()).probability(0, 0)).isEqualTo(s, within(1e-6f));
      assertThat(gradient(explainer, 0, Quantity.LOGITS)).containsExactly(WEIGHTS, within(1e-7f));
      assertThat(gradient(explainer, 1, Quantity.LOGITS))
          .containsExactly(negated(WEIGHTS), within(1e-7f));
    }
  }

  @Test
  void gradientsAreOfTheScoreBeforeTheSoftmax() throws IOException {
    float[] two = zigzag(18);
    Model model = SmallModels.of(folder, GREY, (g, x) -> g.softmax(linear(g, x, two, 2), 1));
    float[] second = new float[9];
    IntStream.range(0, 9).forEach(i -> second[i] = two[2 * i + 1]);
    try (Explainer explainer = explainer(model)) {
      assertThat(gradient(explainer, 1, Quantity.LOGITS)).containsExactly(second);
      Predictions made = explainer.predict(image());
      assertThat(made.probability(0, 0) + made.probability(0, 1)).isEqualTo(1, within(1e-6f));
    }
  }

  @Test
  void scoresWithoutASoftmaxGetOneAndItIsSaid() throws IOException {
    Model model = SmallModels.of(folder, GREY, (g, x) -> linear(g, x, zigzag(27), 3));
    assertThat(model.scores().assumed()).singleElement().asString().contains("softmax is added");
    try (Explainer explainer = explainer(model)) {
      Predictions made = explainer.predict(image());
      assertThat(made.probability(0, 0) + made.probability(0, 1) + made.probability(0, 2))
          .isEqualTo(1, within(1e-6f));
      assertThat(made.top(0, 3))
          .isSortedAccordingTo((a, b) -> Float.compare(made.score(0, b), made.score(0, a)));
    }
  }

  @Test
  void aResidualSumAndAReusedReluAddUpExactly() throws IOException {
    Model model =
        SmallModels.of(
            folder,
            GREY,
            (g, x) -> {
              Value a = g.relu(x);
              Value twice = g.add(g.add(a, a), g.mul(a, g.relu(a)));
              return linear(g, twice, WEIGHTS, 1);
            });
    float[] x = image().floats();
    float[] expected = new float[9];
    IntStream.range(0, 9).forEach(i -> expected[i] = WEIGHTS[i] * (2 + 2 * x[i]));
    try (Explainer explainer = explainer(model)) {
      assertThat(gradient(explainer, 0, Quantity.LOGITS)).containsExactly(expected, within(1e-6f));
    }
  }

  @Test
  void aBatchEqualsItsImagesOneByOne() throws IOException {
    Model model =
        SmallModels.of(folder, GREY, (g, x) -> g.softmax(linear(g, g.tanh(x), zigzag(36), 4), 1));
    float[] many = zigzag(9 * 150);
    Tensor batch = Tensor.of(many, 150, 1, 3, 3);
    List<Integer> targets = IntStream.range(0, 150).map(i -> i % 4).boxed().toList();
    try (Explainer explainer = explainer(model)) {
      float[] together =
          explainer.gradient(batch, targets, Quantity.PROBABILITIES, Gradients.PLAIN).floats();
      for (int n : new int[] {0, 63, 64, 149}) {
        Tensor one = Tensor.of(java.util.Arrays.copyOfRange(many, 9 * n, 9 * n + 9), 1, 1, 3, 3);
        float[] alone =
            explainer
                .gradient(one, List.of(n % 4), Quantity.PROBABILITIES, Gradients.PLAIN)
                .floats();
        assertThat(java.util.Arrays.copyOfRange(together, 9 * n, 9 * n + 9))
            .containsExactly(alone, within(1e-6f));
      }
    }
  }

  @Test
  void aModelOfPositionsIsExplainedByItsMean() throws IOException {
    Model model =
        SmallModels.of(folder, Shape.of(Shape.BATCH, 3, 4, 4), (g, x) -> g.softmax(g.mul(x, 2), 1));
    assertThat(model.scores().targets()).isEqualTo(3);
    try (Explainer explainer = explainer(model)) {
      Tensor x = Tensor.of(zigzag(48), 1, 3, 4, 4);
      float[] gradient =
          explainer.gradient(x, List.of(1), Quantity.LOGITS, Gradients.PLAIN).floats();
      assertThat(gradient[0]).isZero();
      assertThat(gradient[16]).isEqualTo(2 / 16f, within(1e-7f));
    }
  }

  private static float[] gradient(Explainer explainer, int target, Quantity of) {
    return explainer
        .gradient(image(), Collections.nCopies(1, target), of, Gradients.PLAIN)
        .floats();
  }
}
