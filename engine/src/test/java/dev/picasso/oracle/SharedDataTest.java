package dev.picasso.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.TestData;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.LambdaMeaning;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The published models in the folder of test data: each loads, and agrees with what Keras,
 * TensorFlow.js or, for files that neither reads any more, a small evaluator of their layers made
 * of it.
 */
class SharedDataTest {
  private static final Path NUMBERS = Path.of("src/test/resources/dev/picasso/oracle");

  /** Weights beside a topology, and arrays: parts of a model, or none. */
  private static final String PARTS =
      ".*(_weights\\.h5|_inputs_and_outputs\\.h5|\\.npy|model\\.weight.*)";

  @TestFactory
  Stream<DynamicTest> outputsAndGradientsAgree() throws IOException {
    return numbers()
        .map(name -> name.replace("__", "/"))
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        new OracleCase(
                                TestData.require(name),
                                NUMBERS.resolve(name.replace("/", "__") + ".npz"),
                                options(name))
                            .check()));
  }

  @TestFactory
  Stream<DynamicTest> everyKerasFileLoads() throws IOException {
    Path folder = TestData.require("keras");
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.toString().matches(PARTS))
          .sorted()
          .toList()
          .stream()
          .map(f -> DynamicTest.dynamicTest(folder.relativize(f).toString(), () -> loads(f)));
    }
  }

  private static void loads(Path file) {
    Model model =
        ModelLoader.standard()
            .load(ModelRequest.of(file).with(options(String.valueOf(file.getFileName()))));
    assertThat(model.graph().nodes()).isNotEmpty();
    assertThat(model.graph().outputs()).isNotEmpty();
  }

  /** What a person must add to the file. */
  private static ImportOptions options(String name) {
    return ImportOptions.none()
        .withTheanoKernels(
            name.endsWith("theano_1.h5")) // Keras 1 does not say which backend it ran on
        .withLambdas(
            Map.of("space_to_depth_x2", new LambdaMeaning.Custom(SharedDataTest::spaceToDepth)));
  }

  /** What tf.space_to_depth does with blocks of 2: [N, H, W, C] to [N, H/2, W/2, 4C]. */
  private static Value spaceToDepth(GraphBuilder g, Value x) {
    long[] d = x.shape().dims();
    Value blocks = g.reshape(x, -1, d[1] / 2, 2, d[2] / 2, 2, d[3]);
    return g.reshape(g.transpose(blocks, 0, 1, 3, 2, 4, 5), -1, d[1] / 2, d[2] / 2, 4 * d[3]);
  }

  private static Stream<String> numbers() throws IOException {
    try (Stream<Path> files = Files.list(NUMBERS)) {
      List<String> names =
          files.map(f -> String.valueOf(f.getFileName())).filter(n -> n.endsWith(".npz")).toList();
      return names.stream().sorted().map(n -> n.substring(0, n.length() - ".npz".length()));
    }
  }
}
