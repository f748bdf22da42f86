package dev.picasso.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.TestData;
import dev.picasso.examples.Examples;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tensorflow.exceptions.TFUnimplementedException;

/** TensorFlow's models give what TensorFlow gives, and have its gradients. */
class TensorFlowOracleTest {
  private static final double OUTPUTS = 1e-4;
  private static final double GRADIENTS = 1e-3;

  /** TensorFlow computes in half precision what is in half precision; Picasso does not. */
  private static final double HALF = 1e-3;

  /**
   * Where TensorFlow's C++ library has rules that are wrong: it forgets the dilations of a Conv2D
   * and the attributes of an LRN, and sums over axis 1 for a LogSoftmax of any rank. (Its Python
   * library has rules of its own, which give other gradients.)
   */
  private static final Set<String> WRONG_RULES =
      Set.of(
          "cnn2d_nn/nhwc_b1_k12_s12_d12_SAME",
          "log_softmax/rank3_float32",
          "log_softmax/rank3_float32_with_axis",
          "log_softmax/rank4_float32",
          "lrn/dr3_b05_a05_b02");

  /** Its output has no numbers. */
  private static final Path EMPTY = Path.of("log_softmax/partial_rank3_float64/frozen_model.pb");

  private static final String INPUT = "convolution2d_input_1:0";

  /** The frozen graphs: all inputs as they lie beside, all outputs that a prediction is of. */
  @TestFactory
  Stream<DynamicTest> frozenGraphsAgree() throws IOException {
    Path folder = TestData.require("tensorflow");
    TensorFlowOracle.require();
    return frozen(folder)
        .filter(file -> !file.endsWith(EMPTY))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    folder.relativize(file.getParent()).toString(), () -> graphAgrees(file)));
  }

  @Test
  void anOutputWithoutNumbersIsRefused() {
    Path file = TestData.require("tensorflow").resolve(EMPTY);
    assertThatThrownBy(() -> ModelLoader.standard().load(ModelRequest.of(file)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[1, 0, 0] is empty");
  }

  private static void graphAgrees(Path file) throws IOException {
    Map<String, Tensor> inputs = FrozenCase.tensors(file.getParent(), ".placeholder");
    graphAgrees(file, inputs, ImportOptions.none());
  }

  /** What was the first variable before all were frozen is fed and differentiated by. */
  @TestFactory
  Stream<DynamicTest> gradientsByWhatWasFrozenAgree() throws IOException {
    Path folder = TestData.require("tensorflow");
    TensorFlowOracle.require();
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : frozen(folder).toList()) {
      Map<String, Tensor> variable = FrozenCase.firstVariable(file);
      String name = folder.relativize(file.getParent()).toString().replace('\\', '/');
      if (!variable.isEmpty() && !FrozenCase.hasPlaceholder(file) && !WRONG_RULES.contains(name)) {
        tests.add(
            DynamicTest.dynamicTest(
                name,
                () ->
                    graphAgrees(
                        file,
                        variable,
                        ImportOptions.none().withInputs(List.copyOf(variable.keySet())))));
      }
    }
    return tests.stream();
  }

  private static void graphAgrees(Path file, Map<String, Tensor> inputs, ImportOptions options)
      throws IOException {
    List<String> outputs = FrozenCase.outputs(file);
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach((name, value) -> shapes.put(name, value.shape()));
    ImportOptions told = options.withOutputs(outputs).withInputShapes(shapes);
    try (TensorFlowOracle oracle = TensorFlowOracle.ofGraph(file)) {
      boolean half = outputs.stream().anyMatch(o -> oracle.typeOf(o) == DataType.FLOAT16);
      agree(file, told, oracle.numbers(inputs, Map.of(), outputs), half ? HALF : OUTPUTS);
    } catch (TFUnimplementedException e) {
      System.err.println(
          "SKIPPED: TensorFlow without oneDNN cannot run " + file + "; compared with predictions");
      agree(file, told, FrozenCase.predicted(file, inputs));
    }
  }

  /** SavedModels of TensorFlow 2 are functions: their gradients are those that Keras stored. */
  @TestFactory
  Stream<DynamicTest> savedModelsAgree() {
    TestData.require("wild");
    TensorFlowOracle.require();
    return Stream.of("savedmodel-digits-small", "savedmodel-mnist-cnn")
        .map(name -> DynamicTest.dynamicTest(name, () -> savedModelAgrees(name)));
  }

  private static void savedModelAgrees(String name) {
    Path folder = TestData.require("wild/" + name);
    Path stored = Path.of("src/test/resources/dev/picasso/oracle", "wild__" + name + ".npz");
    Map<String, Tensor> expected = NpzFile.read(stored);
    Tensor x = expected.getOrDefault("x0", Tensor.scalar(0f));
    try (TensorFlowOracle oracle = TensorFlowOracle.ofSavedModel(folder)) {
      Map<String, Tensor> numbers =
          oracle.numbers(Map.of(oracle.servedInput(), x), Map.of(), List.of(oracle.servedOutput()));
      agree(folder, ImportOptions.none(), numbers);
    }
    new OracleCase(folder, stored).check();
  }

  @Test
  void exampleCheckpointAgrees() throws IOException {
    TensorFlowOracle.require();
    Path folder = Examples.folder().resolve("mnist-tensorflow/checkpoint");
    Map<String, Tensor> numbers = checkpointNumbers(folder);
    assertThat(numbers).containsKey("g0");
    agree(
        folder,
        ImportOptions.none().withInputs(List.of(INPUT)).withOutputs(List.of("Softmax:0")),
        numbers);
  }

  /** Both forms hold the same weights; so the checkpoint's gradients are the SavedModel's, too. */
  @Test
  void exampleSavedModelAgrees() throws IOException {
    TensorFlowOracle.require();
    Path folder = Examples.folder().resolve("mnist-tensorflow/saved-model");
    Map<String, Tensor> numbers =
        new LinkedHashMap<>(checkpointNumbers(folder.resolveSibling("checkpoint")));
    try (TensorFlowOracle oracle = TensorFlowOracle.ofSavedModel(folder)) {
      numbers.putAll(
          oracle.numbers(
              Map.of(oracle.servedInput(), digits()), Map.of(), List.of(oracle.servedOutput())));
    }
    agree(folder, ImportOptions.none(), numbers);
  }

  private static Map<String, Tensor> checkpointNumbers(Path folder) throws IOException {
    try (TensorFlowOracle oracle = TensorFlowOracle.ofCheckpoint(prefix(folder))) {
      return oracle.numbers(
          Map.of(INPUT, digits()), Map.of("keep_prob:0", Tensor.scalar(1f)), List.of("Softmax:0"));
    }
  }

  private static Path prefix(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      String meta =
          files.map(Path::toString).filter(f -> f.endsWith(".meta")).findFirst().orElseThrow();
      return Path.of(meta.substring(0, meta.length() - ".meta".length()));
    }
  }

  /** Three pictures of strokes, no two pixels alike. */
  private static Tensor digits() {
    float[] pixels = new float[3 * 28 * 28];
    for (int i = 0; i < pixels.length; i++) {
      int row = i / 28 % 28;
      int column = i % 28;
      double stroke = Math.sin(0.3 * row + 0.2 * (1 + i / 784) * column) + 0.3 * Math.sin(12.9 * i);
      pixels[i] = (float) Math.max(0, Math.min(1, stroke));
    }
    return Tensor.of(pixels, 3, 28, 28, 1);
  }

  private static void agree(Path file, ImportOptions options, Map<String, Tensor> numbers) {
    agree(file, options, numbers, OUTPUTS);
  }

  private static void agree(
      Path file, ImportOptions options, Map<String, Tensor> numbers, double tolerance) {
    Graph graph = ModelLoader.standard().load(ModelRequest.of(file).with(options)).graph();
    OracleCase.Deviation found = OracleCase.measure(graph, numbers);
    assertThat(found.outputs()).as("outputs of %s", file).isLessThan(tolerance);
    assertThat(found.gradients()).as("gradients of %s", file).isLessThan(GRADIENTS);
  }

  private static Stream<Path> frozen(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.endsWith("frozen_model.pb")).sorted().toList().stream();
    }
  }
}
