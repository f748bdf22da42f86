package dev.picasso.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Models that the scripts in tools/oracle write, too large for the repository: every model of the
 * folder that the system property {@code picasso.oracle} names, against the numbers beside it.
 */
class OracleFolderTest {
  private static final List<String> ENDINGS = List.of(".onnx", ".keras", ".h5", ".tflite");

  @TestFactory
  Stream<DynamicTest> everyModelAgreesWithItsOracle() throws IOException {
    String folder = System.getProperty("picasso.oracle", "");
    Assumptions.assumeFalse(folder.isBlank(), "no folder of oracle models was named");
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.sorted().toList().stream()
          .filter(f -> ENDINGS.stream().anyMatch(f.toString()::endsWith) || isSavedModel(f))
          .map(f -> new OracleCase(f, expected(f)))
          .filter(c -> Files.exists(c.expected()))
          .map(c -> DynamicTest.dynamicTest(name(c.model()), () -> agrees(c)));
    }
  }

  private static void agrees(OracleCase c) {
    Map<String, Tensor> numbers = NpzFile.read(c.expected());
    Tensor meant = numbers.get("d0");
    if (meant != null && !name(c.model()).endsWith("_float.tflite")) {
      agreesWithWhatIsMeant(c.model(), numbers, meant);
      return;
    }
    OracleCase.Deviation found = c.measure();
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1e | %.1e | %.1e |%n",
        c.model().getFileName(),
        found.outputs(),
        found.gradients(),
        c.rounding().gradients());
    c.check();
  }

  /**
   * A quantized file is compared with its own weights, computed in float. Beside it is printed what
   * else there is between the integers and the network in Keras: the interpreter's rounding between
   * operators, and the rounding of the weights.
   */
  private static void agreesWithWhatIsMeant(Path model, Map<String, Tensor> numbers, Tensor meant) {
    Graph graph = ModelLoader.standard().load(ModelRequest.of(model)).graph();
    Tensor x = Objects.requireNonNull(numbers.get("x0"));
    double ours = OracleCase.measure(graph, Map.of("x0", x, "y", meant)).outputs();
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1e | interpreter %.1e | weights %.1e |%n",
        model.getFileName(),
        ours,
        OracleCase.deviation(Objects.requireNonNull(numbers.get("t0")), meant),
        OracleCase.deviation(meant, Objects.requireNonNull(numbers.get("y"))));
    assertThat(ours).isLessThan(1e-4);
  }

  private static boolean isSavedModel(Path folder) {
    return Files.exists(folder.resolve("saved_model.pb"));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Path expected(Path model) {
    String name = name(model);
    int end = isSavedModel(model) ? name.length() : name.lastIndexOf('.');
    return model.resolveSibling(name.substring(0, end) + ".npz");
  }
}
