package dev.picasso.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.TestData;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ModelInput;
import dev.picasso.model.config.PreprocessingSettings;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quantized networks in the folder of test data, trained on ImageNet. */
class SharedTfliteTest {
  private static final String V1 = "tflite/mobilenet_v1_0.25_128_quant.tflite";
  private static final String V2 = "tflite/mobilenet_v2_1.0_224_quant.tflite";

  /** What rounding of all activations does to a probability, at most. */
  private static final double ROUNDING = 0.1;

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void probabilitiesAgreeWithTheInterpreterButForItsRounding(String file) {
    Model model = load(file);
    int side = (int) model.graph().inputs().get(0).shape().dim(1);
    Tensor actual = run(model, waves(side));
    String name = String.valueOf(Path.of(file).getFileName()).replace(".tflite", ".npz");
    Tensor expected =
        Objects.requireNonNull(
            NpzFile.read(Path.of("src/test/resources/dev/picasso/format/tflite/shared_" + name))
                .get("y"));
    float[] a = actual.floats();
    float[] e = expected.floats();
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < a.length; i++) {
      assertThat((double) a[i]).isBetween(e[i] - ROUNDING, e[i] + ROUNDING);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cat.bmp, Egyptian cat",
    "cat_720p.jpg, Egyptian cat",
    "parrot.jpg, macaw",
    "bird.bmp, chickadee",
    "sunflower.bmp, daisy",
    "dragonfly.bmp, 'dragonfly, darning needle, devil''s darning needle, sewing needle, snake"
        + " feeder, snake doctor, mosquito hawk, skeeter hawk'"
  })
  void photographsAreRecognised(String photograph, String label) {
    Model model = load(V2);
    ImagePreprocessor preprocessor =
        ModelInput.of(PreprocessingSettings.none(), model).preprocessor();
    var decoded = ImageDecoder.standard().decode(TestData.require("images/" + photograph));
    float[] y =
        run(model, preprocessor.normalize(List.of(preprocessor.fit(decoded).pixels()))).floats();
    int best = 0;
    for (int i = 0; i < y.length; i++) {
      best = y[i] > y[best] ? i : best;
    }
    assertThat(model.label(best)).isEqualTo(label);
  }

  @ParameterizedTest
  @ValueSource(strings = {V1, V2})
  void oneTransposeTurnsTheImagesAndNoOtherIsLeft(String file) {
    Graph graph = load(file).graph();
    assertThat(graph.nodes().stream().filter(n -> n.op().equals("Transpose"))).hasSize(1);
    assertThat(graph.inputs().get(0).shape().dim(0)).isNegative();
  }

  private static Model load(String file) {
    return ModelLoader.standard().load(ModelRequest.of(TestData.require(file)));
  }

  private static Tensor run(Model model, Tensor x) {
    Graph graph = model.graph();
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      return Objects.requireNonNull(
          compiled.run(Map.of(graph.inputs().get(0).name(), x)).get(graph.outputs().get(0)));
    }
  }

  /** The coloured waves of tools/oracle/tflite_shared.py. */
  private static Tensor waves(int side) {
    float[] pixels = new float[3 * side * side * 3];
    for (int i = 0; i < pixels.length; i++) {
      int c = i % 3;
      int w = i / 3 % side;
      int h = i / 3 / side % side;
      int n = i / 3 / side / side;
      pixels[i] =
          (float)
              Math.floor(127.5 + 127.5 * Math.sin((h * (c + n + 1) + w * (3 - c)) * Math.PI / 64));
    }
    return Tensor.of(pixels, 3, side, side, 3);
  }
}
