package dev.picasso.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.TestData;
import dev.picasso.examples.Examples;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** TensorFlow's models give what TensorFlow gives, and have its gradients. */
class TensorFlowOracleTest {
  private static final double OUTPUTS = 1e-4;
  private static final double GRADIENTS = 1e-3;
  private static final String INPUT = "convolution2d_input_1:0";

  /** The frozen graphs: all inputs as they lie beside, all outputs that a prediction is of. */
  @TestFactory
  Stream<DynamicTest> frozenGraphsAgree() throws IOException {
    Path folder = TestData.require("tensorflow");
    TensorFlowOracle.require();
    return frozen(folder)
        .map(
            file ->
                DynamicTest.dynamicTest(
                    folder.relativize(file.getParent()).toString(), () -> graphAgrees(file)));
  }

  private static void graphAgrees(Path file) throws IOException {
    Path folder = file.getParent();
    Map<String, Tensor> inputs = FrozenCase.tensors(folder, ".placeholder");
    Map<String, Tensor> told = FrozenCase.tensors(folder, ".prediction");
    List<String> outputs = List.copyOf(told.keySet());
    Map<String, Tensor> numbers;
    try (TensorFlowOracle oracle = TensorFlowOracle.ofGraph(file)) {
      numbers = oracle.numbers(inputs, Map.of(), outputs);
    }
    agree(file, ImportOptions.none().withOutputs(outputs), numbers);
  }

  /** What was a variable before it was frozen is fed in its place and differentiated by. */
  @TestFactory
  Stream<DynamicTest> gradientsByWhatWasFrozenAgree() throws IOException {
    Path folder = TestData.require("tensorflow");
    TensorFlowOracle.require();
    return frozen(folder)
        .filter(file -> !FrozenCase.variables(file).isEmpty())
        .map(
            file ->
                DynamicTest.dynamicTest(
                    folder.relativize(file.getParent()).toString(), () -> variablesAgree(file)));
  }

  private static void variablesAgree(Path file) throws IOException {
    Map<String, Tensor> inputs = FrozenCase.variables(file);
    List<String> outputs =
        List.copyOf(FrozenCase.tensors(file.getParent(), ".prediction").keySet());
    Map<String, Tensor> numbers;
    try (TensorFlowOracle oracle = TensorFlowOracle.ofGraph(file)) {
      numbers = oracle.numbers(inputs, Map.of(), outputs);
    }
    agree(
        file,
        ImportOptions.none().withInputs(List.copyOf(inputs.keySet())).withOutputs(outputs),
        numbers);
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
    assertThat(TensorFlowOracle.hasGradients(numbers)).isTrue();
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
    Graph graph = ModelLoader.standard().load(ModelRequest.of(file).with(options)).graph();
    OracleCase.Deviation found = OracleCase.measure(graph, numbers);
    assertThat(found.outputs()).as("outputs").isLessThan(OUTPUTS);
    assertThat(found.gradients()).as("gradients").isLessThan(GRADIENTS);
  }

  private static Stream<Path> frozen(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.endsWith("frozen_model.pb")).sorted().toList().stream();
    }
  }
}
