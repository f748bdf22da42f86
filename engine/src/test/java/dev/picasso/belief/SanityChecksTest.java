package dev.picasso.belief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.picasso.TestData;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.SmallModels;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.HeatMap;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.Reinitialization;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.settings.SettingException;
import dev.picasso.visualization.Panel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of what a map depends on, where the answer is known. */
class SanityChecksTest {
  private static final Path NETWORKS =
      Path.of("src/test/resources/dev/picasso/attribution/oracle").toAbsolutePath();

  private static final int SIDE = 16;

  @TempDir Path folder;

  private static Finding of(Model model, Tensor x, int index, String method, Check check) {
    Attribution made = Methods.builtIn().get(method, Map.of());
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      return check.check(Subjects.of(explainer, x, index, made), Progress.NONE);
    }
  }

  /** Of a network that knows its images: rings and crosses in colours, ten classes. */
  private static Finding ofTrained(String network, String method, Check check) {
    Path at = NETWORKS.resolve(network);
    Model model = ModelLoader.standard().load(ModelRequest.of(at.resolve("model.onnx")));
    Tensor x = Batches.rows(NpyFile.read(at.resolve("same.npy")), 0, 1);
    return of(model, x, 3, method, check);
  }

  private Finding ofLinear(float[] weights, String method, Check check) throws IOException {
    Model model =
        SmallModels.of(
            folder,
            Shape.of(Shape.BATCH, 1, SIDE, SIDE),
            (GraphBuilder g, Value x) -> SmallModels.linear(g, x, weights, 2));
    return of(model, image(), 0, method, check);
  }

  private static Tensor image() {
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 + Math.sin(1 + 1.7 * i));
    }
    return Tensor.of(values, 1, 1, SIDE, SIDE);
  }

  private static double number(Finding finding, String measure) {
    return finding.measures().stream()
        .filter(m -> m.name().equals(measure))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void guidedBackpropagationOutlivesWhatTheNetworkLearntAndGradCamDoesNot() {
    Weights check = new Weights(6, Reinitialization.NORMAL, 3);
    Finding guided = ofTrained("vgg", "guided-backprop", check);
    Finding cam = ofTrained("vgg", "grad-cam", check);

    assertThat(number(guided, "rank")).isGreaterThan(number(cam, "rank") + .2);
    assertThat(cam.answer()).isEqualTo(Answer.YES);
    assertThat(guided.answer()).isEqualTo(Answer.NO);
    assertThat(cam.parts().stream().filter(Panel.class::isInstance)).hasSize(7);
  }

  @Test
  void theSameHoldsOfANetworkForDigits() {
    Path file = TestData.require("wild/keras3-mnist-cnn/model.keras");
    Model model = ModelLoader.standard().load(ModelRequest.of(file));
    Weights check = new Weights(6, Reinitialization.NORMAL, 3);

    Finding guided = of(model, seven(), 7, "guided-backprop", check);
    Finding cam = of(model, seven(), 7, "grad-cam", check);

    assertThat(number(guided, "rank")).isGreaterThan(number(cam, "rank") + .3);
    assertThat(number(guided, "last-rank")).isGreaterThan(number(cam, "last-rank") + .3);
  }

  /** A bar and what goes down from its right end, in 28 × 28 pixels. */
  private static Tensor seven() {
    float[] values = new float[28 * 28];
    for (int y = 5; y < 24; y++) {
      double right = y < 7 ? 21 : 20.5 - (y - 6) * .5;
      double left = y < 7 ? 7 : right - 2.5;
      for (int x = (int) Math.ceil(left); x <= right; x++) {
        values[y * 28 + x] = 1;
      }
    }
    return Tensor.of(values, 1, 28, 28, 1);
  }

  @Test
  void aMapOfAnotherClassIsAnotherOneOnlyIfTheMethodAsksForTheClass() {
    Finding gradient = ofTrained("vgg", "gradient-x-input", new OtherClasses(3));
    Finding activations = ofTrained("vgg", "eigen-cam", new OtherClasses(3));

    assertThat(gradient.answer()).isEqualTo(Answer.YES);
    assertThat(activations.answer()).isEqualTo(Answer.NO);
    assertThat(number(activations, "rank")).isCloseTo(1, within(1e-6));
  }

  @Test
  void noiseChangesNoGradientOfALinearModelButAStepDoes() throws IOException {
    float[] weights = new float[2 * SIDE * SIDE];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.sin(i * (double) i);
    }
    Finding found = ofLinear(weights, "saliency", new Stability(3, .05));

    assertThat(number(found, "noise-rank")).isCloseTo(1, within(1e-9));
    assertThat(number(found, "max-sensitivity")).isCloseTo(0, within(1e-6));
    assertThat(number(found, "shift-rank")).isLessThan(.7);
    assertThat(found.answer()).isEqualTo(Answer.NO);
  }

  @Test
  void whatGathersAtTheBorderOfBlankPicturesIsTold() throws IOException {
    float[] even = new float[2 * SIDE * SIDE];
    float[] border = new float[2 * SIDE * SIDE];
    for (int i = 0; i < even.length; i++) {
      int x = i / 2 % SIDE;
      int y = i / 2 / SIDE;
      boolean outermost = x == 0 || y == 0 || x == SIDE - 1 || y == SIDE - 1;
      even[i] = 1 + i % 2;
      border[i] = (outermost ? 3 : .5f) + i % 2;
    }
    Borders check = new Borders(.06, 2);
    Finding free = ofLinear(even, "saliency", check);
    Finding marked = ofLinear(border, "saliency", check);

    assertThat(free.answer()).isEqualTo(Answer.YES);
    assertThat(number(free, "border")).isCloseTo(1, within(1e-4));
    assertThat(marked.answer()).isEqualTo(Answer.NO);
    double inBorder = 60 * 3;
    double share = inBorder / (inBorder + 196 * .5) / (60 / 256.);
    assertThat(number(marked, "border")).isCloseTo(share, within(1e-4));
  }

  @Test
  void methodsThatAgreeDoAndThoseThatCannotBeAskedAreNamed() throws IOException {
    float[] weights = SmallModels.zigzag(2 * SIDE * SIDE);
    Finding found =
        ofLinear(
            weights,
            "gradient-x-input",
            new Agreement("grad-cam + integrated-gradients(steps=20)"));

    assertThat(found.answer()).isEqualTo(Answer.YES);
    assertThat(number(found, "rank")).isCloseTo(1, within(1e-3));
    assertThat(found.words()).contains("Not asked: grad-cam");
  }

  @Test
  void aMistypedMethodIsRefusedBeforeAnythingRuns() {
    assertThatThrownBy(() -> new Agreement("gradcam"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("grad-cam");
  }

  @Test
  void aShiftedImageShiftedBackIsTheImage() throws IOException {
    Model model =
        SmallModels.of(
            folder,
            Shape.of(Shape.BATCH, 1, SIDE, SIDE),
            (g, x) -> SmallModels.linear(g, x, SmallModels.zigzag(2 * SIDE * SIDE), 2));
    HeatMap picture = HeatMap.of(SIDE, SIDE, image().floats());
    for (Shift shift : Shift.ALL) {
      Tensor moved = shift.of(image(), model.input().orElseThrow());
      HeatMap back = shift.back(HeatMap.of(SIDE, SIDE, moved.floats()));

      assertThat(moved.floats()).isNotEqualTo(image().floats());
      assertThat(back.values()).isEqualTo(Shift.inner(picture).values());
    }
    assertThat(List.of(Shift.inner(picture).width(), Shift.inner(picture).height()))
        .containsExactly(SIDE - 2, SIDE - 2);
  }
}
