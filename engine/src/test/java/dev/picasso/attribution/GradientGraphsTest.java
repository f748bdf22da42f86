package dev.picasso.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.onnx.BareRuntime;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.oracle.OracleCase;
import dev.picasso.runtime.RuntimeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An explanation as a model of its own, as {@code picasso convert --explain} writes it. */
class GradientGraphsTest {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/picasso");
  private static final int IMAGES = 3;

  @ParameterizedTest
  @CsvSource({
    "gradient/guided.onnx, PLAIN, LOGITS, 2",
    "gradient/guided.onnx, GUIDED, LOGITS, 0",
    "format/keras/k21_net_cnn.h5, PLAIN, PROBABILITIES, 0",
    "format/keras/k21_net_cnn.h5, PLAIN, LOGITS, 1"
  })
  void theWrittenFileGivesInPlainOnnxRuntimeWhatTheExplainerGives(
      String file, Gradients kind, Quantity of, int target, @TempDir Path folder)
      throws IOException {
    Model model = ModelLoader.standard().load(ModelRequest.of(RESOURCES.resolve(file)));
    String input = model.graph().inputs().get(0).name();
    Path written = folder.resolve("explanation.onnx");
    OnnxWriter.write(GradientGraphs.forTarget(model, input, of, kind, target), written);
    Tensor x = images(model);

    Map<String, Tensor> alone = BareRuntime.run(written, Map.of(input, x));
    try (Explainer explainer = new Explainer(model, RuntimeOptions.defaults())) {
      Tensor gradient = explainer.gradient(x, Collections.nCopies(IMAGES, target), of, kind);
      Tensor found = alone.get(GradientGraphs.GRADIENT);
      assertThat(found.shape()).isEqualTo(x.shape());
      assertThat(largest(gradient)).isGreaterThan(1e-4f);
      assertThat(OracleCase.deviation(found, gradient)).isLessThan(1e-5);
      Predictions predictions = explainer.predict(x);
      assertThat(OracleCase.deviation(alone.get(model.scores().scores()), predictions.scores()))
          .isLessThan(1e-5);
      assertThat(
              OracleCase.deviation(
                  alone.get(model.scores().probabilities()), predictions.probabilities()))
          .isLessThan(1e-5);
    }
  }

  private static Tensor images(Model model) {
    long[] dims = model.graph().inputs().get(0).shape().withBatch(IMAGES).dims();
    float[] values = new float[(int) dev.picasso.graph.Shape.of(dims).size()];
    Random random = new Random(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, dims);
  }

  private static float largest(Tensor tensor) {
    float largest = 0;
    for (float value : tensor.floats()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
