package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttributeCommandTest {
  @TempDir Path folder;

  private Path array(long... dims) {
    float[] values = new float[Math.toIntExact(Shape.of(dims).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 31 % 17) / 17f;
    }
    Path file = folder.resolve("x.npy");
    NpyFile.write(file, Tensor.of(values, dims));
    return file;
  }

  private Terminal run(TestModel kind, Path x, String... more) throws IOException {
    List<Object> words = new ArrayList<>(List.of("attribute", kind.write(folder), "--input", x));
    words.addAll(List.of(more));
    words.addAll(List.of("-o", folder.resolve("map.npy")));
    return Terminal.run(words.toArray());
  }

  private Shape shape() {
    return NpyFile.read(folder.resolve("map.npy")).shape();
  }

  @Test
  void allMethodsAreListedWithTheirSettingsWithoutAModel() {
    Terminal listed = Terminal.run("attribute", "--method", "list");
    assertThat(listed.code()).isZero();
    for (Attribution method : Methods.builtIn().all()) {
      assertThat(listed.out().lines())
          .as(method.id())
          .anyMatch(l -> l.startsWith(method.id() + ": "));
    }
    assertThat(listed.out()).contains("    steps: ").contains("Default: 50.");
  }

  static Stream<Arguments> maps() {
    return Stream.of(
        Arguments.of("saliency", Shape.of(2, 3, 10, 12)),
        Arguments.of("grad-cam", Shape.of(2, 10, 12)),
        Arguments.of("occlusion", Shape.of(2, 10, 12)),
        Arguments.of("activation", Shape.of(2, 5, 10, 12)));
  }

  @ParameterizedTest
  @MethodSource("maps")
  void aMapHasTheShapeOfWhatItIsAbout(String method, Shape shape) throws IOException {
    Terminal done = run(TestModel.COLOUR, array(2, 3, 10, 12), "-m", method, "--class", "1");
    assertThat(done.code()).as(done.err()).isZero();
    assertThat(shape()).isEqualTo(shape);
  }

  @Test
  void aDifferenceOfClassesAndARegionMayBeAsked() throws IOException {
    Path x = array(1, 3, 10, 12);
    assertThat(run(TestModel.COLOUR, x, "-m", "saliency", "--class", "1-2").code()).isZero();
    Path y = array(1, 3, 8, 8);
    Terminal box = run(TestModel.MAP, y, "-m", "saliency", "--class", "1", "--region", "0,0,.2,.2");
    assertThat(box.code()).as(box.err()).isZero();
    float[] map = NpyFile.read(folder.resolve("map.npy")).floats();
    assertThat(map[0]).isNotZero();
    assertThat(map[map.length - 1]).as("far from the box").isZero();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(List.of("-m", "grad-cm", "--class", "1"), "did you mean grad-cam?"),
        Arguments.of(
            List.of("-m", "rise", "--class", "1", "--set", "mask=3"), "did you mean masks"),
        Arguments.of(
            List.of("-m", "rise", "--class", "1", "--set", "masks=9999999"),
            "masks is 9999999; it must be a whole number between"),
        Arguments.of(
            List.of("-m", "grad-cam", "--class", "1", "--layer", "nope"), "has no layer nope"),
        Arguments.of(List.of("-m", "grad-cam", "--class", "9"), "--class is 9; it must be one of"),
        Arguments.of(List.of("-m", "grad-cam"), "--class K is missing"),
        Arguments.of(
            List.of("-m", "saliency", "--class", "1", "--region", "predicted"),
            "one answer for a whole image"),
        Arguments.of(
            List.of("-m", "saliency", "--class", "1", "--region", "1,2,3"), "--region is 1,2,3"),
        Arguments.of(List.of("-m", "attention-relevance", "--class", "1"), "has no attention"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatCannotBeIsSaidInWords(List<String> words, String said) throws IOException {
    Terminal refused = run(TestModel.COLOUR, array(1, 3, 10, 12), words.toArray(String[]::new));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.problems()).contains(said);
    assertThat(folder.resolve("map.npy")).doesNotExist();
  }

  @Test
  void whatIsEstimatedSaysHowSurelyAndIsTheSameForASeed() throws IOException {
    Path x = array(1, 3, 10, 12);
    String[] words = {"-m", "rise", "--class", "1", "--set", "masks=50", "--set", "seed=4"};
    Terminal first = run(TestModel.COLOUR, x, words);
    assertThat(first.err()).contains("the standard error is");
    float[] map = NpyFile.read(folder.resolve("map.npy")).floats();
    run(TestModel.COLOUR, x, words);
    assertThat(NpyFile.read(folder.resolve("map.npy")).floats()).isEqualTo(map);
  }
}
