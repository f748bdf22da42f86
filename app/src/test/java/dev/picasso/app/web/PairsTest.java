package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.app.web.Client.Upload;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One class against another, over REST. */
class PairsTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  @TempDir Path folder;

  private final Client person = SERVER.person();

  private Answer start(String model, String visualization, String classes) {
    String image = person.image("red & blue.png", Pictures.png(8, 8, new Color(255, 0, 51)));
    return person.post(
        "/api/v1/runs",
        "{\"model\": \"%s\", \"visualization\": \"%s\", \"classes\": %s, \"images\": [\"%s\"]}"
            .formatted(model, visualization, classes, image));
  }

  private String ended(Answer started) {
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    String id = started.json().path("id").asText();
    assertThat(person.ended(id).path("state").asText()).isEqualTo("done");
    return id;
  }

  /** Means 1, 0 and 0.2, five times that as scores: red is ahead of blue by 4. */
  private static void requireExplained(JsonNode run) {
    assertThat(run.at("/classes/class").asInt(-1)).isZero();
    assertThat(run.at("/classes/against").asInt()).isEqualTo(2);
    assertThat(run.has("map")).as("checks are of classes by themselves").isFalse();
    JsonNode image = run.at("/images/0");
    assertThat(image.path("predictions").findValuesAsText("label")).containsExactly("red", "blue");
    assertThat(image.path("panels")).hasSize(1);
    JsonNode panel = image.at("/panels/0");
    assertThat(panel.path("label").asText()).isEqualTo("red against blue");
    assertThat(panel.path("number").asDouble()).isCloseTo(4, within(1e-4));
    assertThat(panel.path("numberOf").asText()).isEqualTo("difference of the logits");
    assertThat(panel.path("meaning").asText())
        .endsWith("; the score is that of red less that of blue");
  }

  @Test
  void aRunOfAPairIsKeptShownRepeatedReportedAndCited() {
    String id = ended(start("colours", "saliency", "{\"class\": 0, \"against\": 2}"));
    String run = "/api/v1/runs/" + id;
    requireExplained(person.get(run).json());
    assertThat(person.get(run + "/rows/0").text())
        .contains(">red against blue</span>")
        .contains("<span class=\"number\">+4.000</span>")
        .contains(">difference of the logits</span>")
        .contains("red against blue +4.000 difference of the logits\"")
        .doesNotContain("data-believe");
    assertThat(person.get(run + "/results.json").json().path("classes").toString())
        .isEqualTo("{\"class\":0,\"against\":2}");
    requireExplained(person.get("/api/v1/runs/" + ended(person.post(run + "/repeat", ""))).json());
    assertThat(person.get("/runs").text()).contains("red against blue</p>");
    assertThat(person.get("/runs/" + id).text()).contains("red against blue").contains("+4.000");
    assertThat(person.get(run + "/report.html").text())
        .contains("red against blue")
        .contains("+4.000")
        .contains("difference of the logits")
        .contains("<dt>classes compared</dt><dd>red against blue</dd>");
    assertThat(person.get(run + "/citation").json().path("text").asText())
        .contains(
            "Classes: red (number 0) against blue (number 2) (the difference of their scores).");
    assertThat(person.get(run + "/figure.svg").text())
        .contains("+4.000")
        .contains("Below the maps: the difference of the logits");
  }

  /** The other way round it is the same with the other sign. */
  @Test
  void theNumberSaysWhoIsBehind() {
    String id = ended(start("colours", "saliency", "{\"class\": 2, \"against\": 0}"));
    assertThat(person.get("/api/v1/runs/" + id + "/rows/0").text())
        .contains(">blue against red</span>")
        .contains("<span class=\"number\">-4.000</span>");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"class\": 1, \"against\": 1} | Class 1 cannot be set against itself; choose another",
        "{\"class\": 0, \"against\": 3} | There is no class 3; the model has the classes 0 to 2.",
        "{\"class\": -1, \"against\": 1} | \"classes\" must be numbers of two classes, as in",
        "{\"class\": \"red\", \"against\": \"blue\"} | \"classes\" must be numbers of two classes,",
        "{\"class\": 0} | \"classes\" must be numbers of two classes, as in",
        "{\"class\": 0, \"against\": 1, \"x\": []} | \"classes\" must be numbers of two classes,",
        "{\"class\": 1e99, \"against\": 1} | \"classes\" must be numbers of two classes, as in",
        "[{\"class\": 0, \"against\": 1}] | \"classes\" must be a list of up to 1000 numbers",
        "\"0-1\" | \"classes\" must be a list of numbers of classes"
      })
  void whatIsNoPairOfClassesIsRefused(String classes, String problem) {
    ended(start("colours", "class-probabilities", "[0]")); // the model is there now
    Answer answer = start("colours", "saliency", classes);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).startsWith(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class-probabilities | Class probabilities does not explain one class against another.",
        "partial-occlusion | Partial occlusion does not explain one class against another.",
        "belief | May the map be believed? does not explain one class against another."
      })
  void whatExplainsNoClassAgainstAnotherSaysSoBeforeTheRun(String visualization, String problem) {
    ended(start("colours", "class-probabilities", "[0]")); // the model is there now
    Answer answer = start("colours", visualization, "{\"class\": 0, \"against\": 2}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).startsWith(problem);
  }

  @Test
  void aModelWithOneOutputHasNoPair() throws IOException {
    Path file = NumbersModel.one(folder.resolve("one.onnx"));
    String id =
        person
            .upload("/api/v1/models", new Upload("one.onnx", Files.readAllBytes(file)))
            .json()
            .path("id")
            .asText();
    JsonNode model = person.get("/api/v1/models/" + id).json();
    assertThat(model.path("oneOutput").asBoolean()).isTrue();
    Answer answer = start(id, "saliency", "{\"class\": 0, \"against\": 1}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).contains(" has one output, so that one side of it against the");
  }
}
