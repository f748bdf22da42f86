package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedImagesTest {
  @TempDir Path folder;
  private Path model = Path.of("");
  private Path before = Path.of("");
  private Path after = Path.of("");

  @BeforeEach
  void aModelThatComparesTwoPictures() throws IOException {
    GraphBuilder g = new GraphBuilder();
    Shape picture = Shape.of(Shape.BATCH, 3, 8, 8);
    Value a = g.input("before", DataType.FLOAT, picture);
    Value b = g.input("after", DataType.FLOAT, picture);
    Value change = g.abs(g.sub(b, a));
    model = folder.resolve("change.onnx");
    OnnxWriter.write(g.build(g.sigmoid(g.mean(change, false, 2, 3))), model);
    before = folder.resolve("2019.png");
    ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "png", before.toFile());
    after = Samples.image(folder.resolve("2024.png"));
  }

  @Test
  void theImageWithoutANameIsExplained() throws IOException {
    Path results = folder.resolve("results");
    Terminal done =
        Terminal.run("explain", model, after, "--image", "before=" + before, "--output", results);
    assertThat(done.problems()).isEmpty();
    assertThat(done.err()).contains("note: after is explained; before holds 2019.png.");
    assertThat(done.code()).isZero();
    assertThat(results.resolve("2024-1.png")).exists();
    assertThat(
            new ObjectMapper()
                .readTree(Files.readString(results.resolve("results.json")))
                .at("/held/before/file")
                .asText())
        .isEqualTo("2019.png");
  }

  private Terminal explainAll(Path results) {
    return Terminal.run(
        "explain",
        model,
        after,
        "--image",
        "before=" + before,
        "--inputs",
        "before,after",
        "--top",
        1,
        "-o",
        results);
  }

  @Test
  void severalInputsAreExplainedAndMadeAgain() throws IOException {
    Path results = folder.resolve("results");
    Terminal done = explainAll(results);
    assertThat(done.problems()).isEmpty();
    assertThat(done.code()).isZero();
    assertThat(results.resolve("2024-1.png")).exists();
    JsonNode json = new ObjectMapper().readTree(results.resolve("results.json").toFile());
    assertThat(json.path("explained").has("before")).isTrue();
    assertThat(json.at("/images/0/input").asText()).isEqualTo("after");
    JsonNode beside = json.at("/images/0/inputs/0");
    assertThat(beside.path("input").asText()).isEqualTo("before");
    assertThat(beside.path("image").asText()).isEqualTo("2019.png");
    assertThat(results.resolve(beside.at("/panels/0/overlay").asText())).exists();

    Terminal again = Terminal.run("repeat", results);
    assertThat(again.problems()).isEmpty();
    assertThat(again.out()).contains("2 files of numbers").contains("1 of 1 image is equal");

    assertThat(explainAll(results).err()).contains("were replaced");
    Terminal alone =
        Terminal.run("explain", model, after, "--image", "before=" + before, "-o", results);
    assertThat(alone.code()).isZero();
    assertThat(results.resolve("2024@2-1.png")).as("of an earlier run").doesNotExist();
  }

  @Test
  void reportAndFigureSayWhichInputAMapIsOf() throws IOException {
    Path results = folder.resolve("results");
    assertThat(explainAll(results).code()).isZero();
    Path report = folder.resolve("report.html");
    assertThat(Terminal.run("report", results, "-o", report).problems()).isEmpty();
    assertThat(Files.readString(report))
        .contains("before: 2019.png", "inputs explained")
        .containsPattern("held by before</dt>\\s*<dd>2019.png");
    assertThat(Terminal.run("figure", results, "--cite").out())
        .contains("Of the model's inputs before and after are explained; before holds 2019.png.");
    Path figure = folder.resolve("figure.svg");
    assertThat(Terminal.run("figure", results, "-o", figure).problems()).isEmpty();
    assertThat(Files.readString(figure)).contains(">before<", ">after<");
  }

  @Test
  void anInputThatIsNotThereIsRefusedBeforeAnythingIsWritten() {
    Path results = folder.resolve("results");
    Terminal done =
        Terminal.run(
            "explain",
            model,
            after,
            "--image",
            "before=" + before,
            "--inputs",
            "befor",
            "-o",
            results);
    assertThat(done.code()).isEqualTo(2);
    assertThat(done.problems()).contains("no input befor", "before, after");
    assertThat(results).doesNotExist();
  }

  @Test
  void whereAllHaveNamesTheFirstIsExplained() {
    Terminal done =
        Terminal.run("predict", model, "--image", "after=" + after, "--image", "before=" + before);
    assertThat(done.err()).contains("after is explained");
    assertThat(done.out()).contains(after.toString());
    assertThat(done.code()).isZero();
  }

  @Test
  void theConfigurationHoldsThemToo() throws IOException {
    Path yaml = folder.resolve("picasso.yaml");
    Files.writeString(yaml, "models: [{path: change.onnx, held: {after: 2024.png}}]");
    Terminal done = Terminal.run("predict", yaml, before);
    assertThat(done.err()).contains("before is explained; after holds 2024.png.");
    assertThat(done.code()).isZero();
    Files.writeString(yaml, "models: [{path: change.onnx, held: {after: 2025.png}}]");
    assertThat(Terminal.run("predict", yaml, before).err()).contains("line 1", "2025.png");
  }

  @Test
  void whatIsMissingOrWrongIsSaid() {
    assertThat(Terminal.run("predict", model, after).problems())
        .startsWith("change.onnx: The model takes 2 inputs (before [N, 3, 8, 8], after")
        .contains("--image after=FILE");
    assertThat(Terminal.run("inspect", model).out()).contains("note: The model takes 2 inputs");
    assertThat(Terminal.run("predict", model, after, "--image", "before").problems())
        .contains("--image is before; it must be NAME=FILE");
    assertThat(Terminal.run("predict", model, after, "--image", "befor=" + before).problems())
        .contains("has no input befor; its inputs are before [N, 3, 8, 8], after");
  }
}
