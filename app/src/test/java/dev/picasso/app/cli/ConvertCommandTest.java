package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.GradientGraphs;
import dev.picasso.attribution.GraphMaps;
import dev.picasso.attribution.Methods;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.format.onnx.BareRuntime;
import dev.picasso.graph.Tensor;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Explanations as files, run without Picasso. */
class ConvertCommandTest {
  private static final String NO_GRAPH = "so that no single graph holds it";

  @TempDir Path folder;
  private Path model;
  private Path x;
  private Path file;

  @BeforeEach
  void files() throws IOException {
    model = TestModel.COLOUR.write(folder);
    x = folder.resolve("x.npy");
    file = folder.resolve("explanation.onnx");
    float[] values = new float[2 * 360];
    Random random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    NpyFile.write(x, Tensor.of(values, 2, 3, 10, 12));
  }

  static Stream<String> methods() {
    return Methods.builtIn().all().stream().map(m -> m.id());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodThatIsAGraphGivesInBareOnnxRuntimeWhatAttributeGives(String method)
      throws IOException {
    Terminal written =
        Terminal.run("convert", model, "--explain", method, "--class", 2, "-o", file);
    if (written.code() != 0) {
      assertThat(written.problems()).containsAnyOf(NO_GRAPH, "has no", "needs", "There is");
      return;
    }
    // By itself 'attribute' takes more steps than a file has, where these miss the sum.
    List<String> steps =
        method.equals("integrated-gradients") ? List.of("--set", "steps=50") : List.of();
    agree(Stream.concat(Stream.of("--method", method), steps.stream()).toList(), "2");
  }

  @ParameterizedTest
  @CsvSource({
    "integrated-gradients, steps=7 rule=gauss-legendre baseline=black",
    "integrated-gradients, steps=3 baseline=white",
    "deeplift, baseline=white",
    "saliency, gradient=guided",
    "full-gradient, rescale=true",
    "lrp, composite=epsilon-gamma-box",
    "lrp, composite=epsilon-plus-flat"
  })
  void settingsAndDifferencesOfClassesGoIntoTheFile(String method, String settings)
      throws IOException {
    Stream<String> options = Stream.of(settings.split(" ")).flatMap(s -> Stream.of("--set", s));
    List<String> set = options.toList();
    Object[] words =
        Stream.of(
                Stream.of("convert", model, "--explain", method, "--class", "2-0", "-o", file),
                set.stream())
            .flatMap(s -> s)
            .toArray();
    assertThat(Terminal.run(words).problems()).isEmpty();
    agree(Stream.concat(Stream.of("--method", method), set.stream()).toList(), "2-0");
  }

  private void agree(List<String> method, String target) throws IOException {
    Path map = folder.resolve("map.npy");
    Stream<Object> words =
        Stream.of("attribute", model, "--input", x, "--class", target, "--output", map);
    Terminal done = Terminal.run(Stream.concat(words, method.stream()).toArray());
    assertThat(done.code()).as(done.problems()).isZero();
    Map<String, Tensor> found = BareRuntime.run(file, Map.of("image", NpyFile.read(x)));
    assertThat(found).hasSize(3);
    String name = method.contains("saliency") ? GradientGraphs.GRADIENT : GraphMaps.MAP;
    Tensor there = Optional.ofNullable(found.get(name)).orElseThrow();
    Tensor here = NpyFile.read(map);
    assertThat(there.shape()).isEqualTo(here.shape());
    float[] expected = here.floats();
    float[] numbers = there.floats();
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isPositive();
    for (int i = 0; i < numbers.length; i++) {
      assertThat((double) numbers[i])
          .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-4 * largest));
    }
    assertThat(
            found.entrySet().stream()
                .filter(e -> !e.getKey().equals(name))
                .map(e -> Arrays.toString(e.getValue().shape().dims())))
        .containsExactly("[2, 4]", "[2, 4]");
  }

  @Test
  void theFirstNameOfGuidedSaliencyStays() {
    assertThat(
            Terminal.run("convert", model, "--explain", "guided", "--class", 1, "-o", file)
                .problems())
        .isEmpty();
    assertThat(file).exists();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--explain salienc --class 1 | There is no method salienc; did you mean saliency?",
        "--explain rise --class 1 | " + NO_GRAPH,
        "--explain saliency | --explain needs --class K as well.",
        "--explain saliency --class 9 | --class is 9",
        "--class 1 | --class needs --explain METHOD as well",
        "--set steps=3 | --set needs --explain METHOD as well",
        "--explain deeplift --class 1 --set baseline=blur | zero, black and white can.",
        "--explain integrated-gradients --class 1 --set steps=0 | steps is 0; it must be",
      })
  void wrongUseIsSaidInALine(String words, String message) {
    Stream<Object> all =
        Stream.concat(Stream.of("convert", model, "-o", file), Stream.of(words.split(" ")));
    Terminal done = Terminal.run(all.toArray());
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).contains(message).doesNotContain("Exception");
    assertThat(file).doesNotExist();
  }
}
