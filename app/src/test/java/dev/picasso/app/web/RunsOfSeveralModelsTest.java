package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.run.FileHash;
import dev.picasso.visualization.SideBySide;
import dev.picasso.visualization.testkit.TestModel;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs that set other models beside their own, and are repeated. */
class RunsOfSeveralModelsTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final Client person = SERVER.person();

  private static String upload(Client who, String name, byte[] model) {
    return who.upload("/api/v1/models", new Client.Upload(name, model)).json().path("id").asText();
  }

  /** A run of two opened models side by side. */
  private static String compared(Client who, byte[] first, byte[] other) {
    String image = who.image("r.png", Pictures.png(20, 20, Color.RED));
    Map<String, Object> order =
        Map.of(
            "model", upload(who, "one.onnx", first),
            "visualization", SideBySide.ID,
            "settings", Map.of("methods", "saliency", "models", upload(who, "two.onnx", other)),
            "images", List.of(image));
    String run = who.post("/api/v1/runs", order).json().path("id").asText();
    assertThat(who.ended(run).at("/images/0/problem").asText()).isEmpty();
    return run;
  }

  @Test
  void theModelsBesideThatOfARunAreFoundByWhatTheyAre(@TempDir Path folder) throws IOException {
    byte[] one = Files.readAllBytes(TestModel.COLOUR.write(folder));
    byte[] two = Files.readAllBytes(TestModel.GREY.write(folder));
    Path file = Files.write(folder.resolve("two.onnx"), two);
    byte[] another = Files.readAllBytes(ColourModel.write(folder.resolve("another.onnx")));
    Client first = SERVER.person();
    String run = compared(first, one, two);
    String address = "/api/v1/runs/" + run;
    JsonNode made = first.get(address + "/results.json").json();
    assertThat(made.at("/others/two/sha256").asText()).isEqualTo(FileHash.of(file));
    assertThat(made.at("/others/two/graph").asText())
        .isNotEqualTo(made.at("/model/graph").asText());
    assertThat(first.get(address + "/report.html").text())
        .contains(made.at("/others/two/sha256").asText());

    Client colleague = SERVER.person();
    String mistaken = upload(colleague, "two.onnx", another);
    Answer started = colleague.post(address + "/repeat", "");
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    JsonNode again = colleague.ended(started.json().path("id").asText());
    assertThat(again.at("/settings/models").asText()).isEqualTo("two-2").isNotEqualTo(mistaken);
    assertThat(again.at("/images/0/problem").asText()).isEmpty();
    assertThat(numbers(colleague, again)).isEqualTo(numbers(first, first.get(address).json()));
    colleague.post("/api/v1/session/reset", "");

    first.delete("/api/v1/models/two");
    Answer brought = first.post(address + "/repeat", "");
    assertThat(brought.json().at("/settings/models").asText()).isEqualTo("two");
    assertThat(first.get("/api/v1/models").json().path("removed")).isEmpty();
    first.ended(brought.json().path("id").asText());
    first.post("/api/v1/session/reset", "");
    upload(first, "one.onnx", one);
    upload(first, "two.onnx", another);
    assertThat(first.post(address + "/repeat", "").problem())
        .startsWith("What is called two.onnx here computes something else than the model of this")
        .contains("(SHA-256 " + FileHash.of(file) + ")");
    first.delete("/api/v1/models/two");
    int models = first.get("/api/v1/models").json().path("models").size();
    assertThat(first.post(address + "/repeat", "").problem())
        .startsWith(
            "The model two.onnx, which stood beside its own, is not on this server any more.");
    assertThat(first.get("/api/v1/models").json().path("models")).hasSize(models);
    first.post("/api/v1/session/reset", "");
  }

  /** All arrays of the first image's parts. */
  private static List<String> numbers(Client who, JsonNode run) {
    List<String> arrays = run.at("/images/0/panels").findValuesAsText("array");
    assertThat(arrays).hasSizeGreaterThan(1);
    return arrays.stream().map(address -> Arrays.toString(who.get(address).body())).toList();
  }

  @Test
  void theListOfImagesBecomesThatOfARunAndNothingIsLost() {
    String image = person.image("r.png", Pictures.png(8, 8, Color.RED));
    Map<String, Object> order =
        Map.of("model", "colours", "visualization", "saliency", "images", List.of(image));
    String run = person.post("/api/v1/runs", order).json().path("id").asText();
    person.ended(run);
    Client colleague = SERVER.person();
    String own = colleague.image("own.png", Pictures.png(8, 8, Color.BLUE));
    String again = colleague.post("/api/v1/runs/" + run + "/repeat", "").json().path("id").asText();
    assertThat(colleague.ended(again).path("state").asText()).isEqualTo("done");
    assertThat(shown(colleague)).as("the list stays what it was").containsExactly(own);

    JsonNode used = colleague.post("/api/v1/runs/" + run + "/images", "").json();
    assertThat(shown(colleague)).containsExactly(image);
    assertThat(used.at("/added/0").asText()).isEqualTo(image);
    assertThat(used.at("/removed/0").asText()).isEqualTo(own);
    assertThat(used.path("images").findValuesAsText("id")).containsExactly(image);
    colleague.post("/api/v1/images/" + own + "/restore", "");
    assertThat(shown(colleague)).containsExactlyInAnyOrder(image, own);

    person.post("/api/v1/session/reset", "");
    person.post("/api/v1/runs/" + run + "/images", "");
    assertThat(shown(person)).as("from the kept run").containsExactly(image);
  }

  private static List<String> shown(Client who) {
    return who.get("/api/v1/images").json().path("images").findValuesAsText("id");
  }

  @Test
  void aRemovedModelComesBackUnderAnotherIdWhereItsOwnIsTaken(@TempDir Path folder)
      throws IOException {
    byte[] file = Files.readAllBytes(TestModel.COLOUR.write(folder));
    upload(person, "mine.onnx", file);
    assertThat(person.delete("/api/v1/models/mine").status()).isEqualTo(200);
    assertThat(person.get("/api/v1/models/mine").status()).isEqualTo(404);
    assertThat(person.get("/api/v1/models").json().at("/removed/0/id").asText()).isEqualTo("mine");
    upload(person, "mine.onnx", file);
    JsonNode back = person.post("/api/v1/models/mine/restore", "").json();
    assertThat(back.path("id").asText()).isEqualTo("mine-2");
    assertThat(back.path("own").asBoolean()).isTrue();
    assertThat(person.get("/api/v1/models/mine-2").json().path("state").asText())
        .isEqualTo("ready");
    Answer never = person.post("/api/v1/models/nobodys/restore", "");
    assertThat(never.status()).isEqualTo(404);
    assertThat(never.problem()).contains("removed more than 10 minutes ago");
  }

  @Test
  void aRunOfWhichAllImagesFailedIsToldInTheList() {
    String image = person.image("unlabelled.png", Pictures.png(8, 8, Color.RED));
    Map<String, Object> order =
        Map.of(
            "model",
            "colours",
            "visualization",
            "saliency",
            "classes",
            "true-labels",
            "images",
            List.of(image, image));
    String run = person.post("/api/v1/runs", order).json().path("id").asText();
    assertThat(person.ended(run).path("state").asText()).isEqualTo("done");
    String item = person.get("/runs").text().split("data-run=\"" + run + "\"")[1].split("</li>")[0];
    assertThat(item).contains("2 images, <strong>2 failed</strong>");
    assertThat(person.get("/runs/" + run).text()).contains("2 failed</strong>");
  }

  @Test
  void aModelBesideTheFirstThatIsNotThereIsToldBeforeTheRun() {
    String image = person.image("r.png", Pictures.png(8, 8, Color.RED));
    Map<String, Object> order =
        Map.of(
            "model",
            "colours",
            "visualization",
            SideBySide.ID,
            "images",
            List.of(image),
            "settings",
            Map.of("models", "nobodys"));
    Answer answer = person.post("/api/v1/runs", order);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).startsWith("There is no model nobodys; there are colours");
  }
}
