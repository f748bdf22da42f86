package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Fitted;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Picture;
import dev.picasso.image.PixelSource;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PredictCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(TestModel.class)
  void everyImageGetsItsClassesBestFirst(TestModel kind) throws IOException {
    Path image = Samples.image(folder.resolve("a photo.png"));
    Terminal done = Terminal.run("predict", kind.write(folder), image, image);
    assertThat(done.problems()).isEmpty();
    assertThat(done.code()).isZero();
    List<String> lines = done.out().lines().toList();
    boolean number = kind == TestModel.ONE_NUMBER;
    int rows = number ? 1 : kind.targets();
    assertThat(lines).hasSize(1 + 2 * rows);
    assertThat(lines.get(0))
        .startsWith("image  ")
        .endsWith(number ? "output  label" : "class  label");
    assertThat(lines.get(0).contains("probability")).isEqualTo(!number);
    List<Double> first =
        lines.subList(1, 1 + rows).stream()
            .map(
                l ->
                    Double.parseDouble(
                        l.substring(image.toString().length()).strip().split(" ")[0]))
            .toList();
    assertThat(first).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(lines.subList(1 + rows, lines.size())).isEqualTo(lines.subList(1, 1 + rows));
  }

  @Test
  void jsonHasTheSameNumbersAndWhereTheyComeFrom() throws IOException {
    Path image = Samples.image(folder.resolve("photo.png"));
    Path model = TestModel.COLOUR.write(folder);
    Terminal done = Terminal.run("predict", model, image, "no.png", "--json", "--top", "1");
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).isEqualTo("no.png: there is no such file.");
    JsonNode json = new ObjectMapper().readTree(done.out());
    assertThat(json.at("/model/file").asText()).isEqualTo("colour.onnx");
    assertThat(json.at("/images/0/predictions")).hasSize(1);
    assertThat(json.at("/images/1/problem").asText()).contains("no such file");
    assertThat(Terminal.run("predict", model, image, "--top", "1").out())
        .contains(Table.number(json.at("/images/0/predictions/0/probability").asDouble()));
  }

  /** A person's class that makes other arrays than the model takes. */
  public static final class WrongSize implements ImagePreprocessor {
    private final Preprocessor small = new Preprocessor(Preprocessing.of(5, 7));

    @Override
    public Fitted fit(PixelSource image) {
      return small.fit(image);
    }

    @Override
    public Tensor normalize(List<Picture> pixels) {
      return small.normalize(pixels);
    }

    @Override
    public Picture denormalize(Tensor x, int row) {
      return small.denormalize(x, row);
    }
  }

  @Test
  void aPreprocessingThatDoesNotFitTheModelIsTold() throws IOException {
    TestModel.COLOUR.write(folder);
    Files.writeString(
        folder.resolve("picasso.yaml"),
        "models: [{path: colour.onnx, preprocessing: {class: '"
            + WrongSize.class.getName()
            + "'}}]");
    Path image = Samples.image(folder.resolve("photo.png"));
    Terminal done = Terminal.run("predict", folder, image);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems())
        .isEqualTo(
            image
                + ": the preprocessing makes [1, 5, 7, 3] of it; the model takes [N, 3, 10, 12].");
  }

  @Test
  void whatIsAssumedIsSaid() throws IOException {
    Path image = Samples.image(folder.resolve("photo.png"));
    assertThat(Terminal.run("predict", TestModel.COLOUR.write(folder), image).err())
        .startsWith("note: Nothing tells the range of the pixels: they are scaled to 0..1");
    Files.writeString(folder.resolve("picasso.yaml"), "models: [{path: colour.onnx}]");
    String note = "note: the picasso.yaml beside the model is not used;";
    assertThat(Terminal.run("predict", folder.resolve("colour.onnx"), image).err()).contains(note);
    assertThat(Terminal.run("inspect", folder.resolve("colour.onnx")).out()).contains(note);
    assertThat(Terminal.run("predict", folder, image).err()).doesNotContain(note);
  }
}
