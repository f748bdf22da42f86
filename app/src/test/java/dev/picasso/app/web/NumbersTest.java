package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Upload;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A model whose outputs are numbers and no classes, over REST. */
class NumbersTest {
  private static final Color PICTURE = new Color(255, 51, 102);

  @RegisterExtension static final TestServer SERVER = new TestServer();

  @TempDir Path folder;

  private final Client person = SERVER.person();

  /** Opens a model, and tells its id. */
  private String opened(Path file) throws IOException {
    Upload upload = new Upload(String.valueOf(file.getFileName()), Files.readAllBytes(file));
    String id = person.upload("/api/v1/models", upload).json().path("id").asText();
    assertThat(model(id).path("state").asText()).isEqualTo("ready");
    return id;
  }

  private JsonNode model(String id) {
    return person.get("/api/v1/models/" + id).json();
  }

  private JsonNode run(String model) {
    String image = person.image("picture.png", Pictures.png(8, 8, PICTURE));
    String order =
        "{\"model\": \"%s\", \"visualization\": \"class-probabilities\", \"images\": [\"%s\"]}";
    String run =
        person.post("/api/v1/runs", order.formatted(model, image)).json().path("id").asText();
    return person.ended(run);
  }

  private String row(JsonNode run) {
    return person.get("/api/v1/runs/" + run.path("id").asText() + "/rows/0").text();
  }

  @Test
  void whatMayBeClassesOrNumbersIsDoubtedUntilAPersonSays() throws IOException {
    String id = opened(NumbersModel.three(folder.resolve("three.onnx")));
    JsonNode before = model(id);
    assertThat(before.path("numbers").asBoolean()).isFalse();
    assertThat(before.path("assumedSoftmax").asText()).contains("a softmax is added");
    assertThat(before.path("notes").toString()).contains(before.path("assumedSoftmax").asText());
    assertThat(row(run(id))).contains("<svg class=\"share\"").contains(">classes<");

    person.patch("/api/v1/models/" + id + "/input", "{\"head\": \"none\"}");
    JsonNode after = model(id);
    assertThat(after.path("numbers").asBoolean()).isTrue();
    assertThat(after.has("assumedSoftmax")).isFalse();
    assertThat(after.path("classCount").asInt()).isEqualTo(3);
  }

  @Test
  void numbersAreToldInTheOrderOfTheFileWithoutShares() throws IOException {
    String id = opened(NumbersModel.three(folder.resolve("three.onnx")));
    person.patch("/api/v1/models/" + id + "/input", "{\"head\": \"none\"}");
    JsonNode run = run(id);
    JsonNode told = run.at("/images/0/predictions");
    assertThat(told.findValuesAsText("label"))
        .as("0, -0.6 and 0.2")
        .containsExactly("output 0", "output 1", "output 2");
    assertThat(told.at("/1/probability").asDouble()).isCloseTo(-.6, within());
    assertThat(told.at("/2/probability").asDouble()).isCloseTo(.2, within());
    assertThat(row(run)).contains(">outputs<").doesNotContain("share").doesNotContain("class 0");
    JsonNode file = person.get("/api/v1/runs/" + run.path("id").asText() + "/results.json").json();
    assertThat(file.at("/model/numbers").asBoolean()).isTrue();
  }

  @Test
  void oneNumberIsOneOutput() throws IOException {
    String id = opened(NumbersModel.one(folder.resolve("one.onnx")));
    JsonNode model = model(id);
    assertThat(model.path("classCount").asInt()).isEqualTo(1);
    assertThat(model.path("classes").toString()).isEqualTo("[\"value\"]");
    assertThat(model.path("numbers").asBoolean()).isTrue();
    JsonNode told = run(id).at("/images/0/predictions");
    assertThat(told.findValuesAsText("label")).containsExactly("value");
    assertThat(told.at("/0/probability").asDouble()).isCloseTo(40 * 1.6 / 3, within());
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-4);
  }
}
