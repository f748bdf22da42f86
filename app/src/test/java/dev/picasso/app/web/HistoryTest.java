package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.app.web.TestVisualizations.Halting;
import dev.picasso.run.FileHash;
import dev.picasso.visualization.SideBySide;
import dev.picasso.visualization.testkit.TestModel;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kept runs over REST, and their pages. */
class HistoryTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final Client person = SERVER.person();

  private static String run(Client who, String visualization, Color... colours) {
    List<String> images =
        java.util.stream.IntStream.range(0, colours.length)
            .mapToObj(i -> who.image("image <" + i + ">.png", Pictures.png(8, 8, colours[i])))
            .toList();
    String id =
        who.post(
                "/api/v1/runs",
                Map.of("model", "colours", "visualization", visualization, "images", images))
            .json()
            .path("id")
            .asText();
    who.ended(id);
    return id;
  }

  private static JsonNode listed(Client who, String id) {
    for (JsonNode run : who.get("/api/v1/runs").json().path("runs")) {
      if (run.path("id").asText().equals(id)) {
        return run;
      }
    }
    throw new AssertionError(id + " is not listed");
  }

  @Test
  void aFinishedRunIsListedNamedAndDeleted() {
    String id = run(person, "saliency", Color.RED, Color.GREEN);
    JsonNode run = listed(person, id);
    assertThat(run.path("title").asText()).endsWith(" of Which colour?");
    assertThat(run.path("finished").asInt()).isEqualTo(2);
    assertThat(run.path("own").asBoolean()).isTrue();
    assertThat(run.path("bytes").asLong()).isPositive();
    Answer small = person.get(run.at("/images/1/small").asText());
    assertThat(small.status()).isEqualTo(200);
    assertThat(small.header("Content-Type")).isEqualTo("image/png");
    Answer named = person.post("/api/v1/runs/" + id + "/name", Map.of("name", "Figure <2>"));
    assertThat(named.json().path("title").asText()).isEqualTo("Figure <2>");
    assertThat(person.get("/runs").text()).contains("Figure &lt;2&gt;").doesNotContain("<2>");
    assertThat(person.get("/runs/" + id).text())
        .contains("Figure &lt;2&gt;")
        .contains("image &lt;0&gt;.png")
        .doesNotContain("<0>");
    assertThat(person.delete("/api/v1/runs/" + id + "/results").status()).isEqualTo(200);
    assertThat(person.get("/api/v1/runs/" + id).status()).isEqualTo(404);
    assertThat(person.get("/runs/" + id).status()).isEqualTo(404);
    assertThat(person.get("/runs/" + id).text()).contains("There is no run " + id);
  }

  @Test
  void aRunThatWasRemovedIsGoneForAllUntilItIsRestored() {
    String id = run(person, "saliency", Color.RED);
    String run = "/api/v1/runs/" + id;
    person.post(run + "/name", Map.of("name", "Figure 2"));
    JsonNode before = person.get(run).json();
    JsonNode listed = listed(person, id);
    Client colleague = SERVER.person();
    assertThat(colleague.delete(run + "/results").status()).isEqualTo(200);
    for (String part : List.of("", "/rows/0", "/report.html", "/results.zip", "/small/0")) {
      assertThat(person.get(run + part).status()).as(part).isEqualTo(404);
    }
    assertThat(person.get("/api/v1/runs").text()).doesNotContain(id);
    assertThat(person.post(run + "/name", Map.of("name", "x")).status()).isEqualTo(404);
    assertThat(person.post(run + "/repeat", "").status()).isEqualTo(404);
    assertThat(person.delete(run + "/results").status()).isEqualTo(404);

    Answer restored = person.post(run + "/restore", "");
    assertThat(restored.status()).as(restored.text()).isEqualTo(200);
    assertThat(restored.json()).isEqualTo(listed);
    assertThat(person.get(run).json()).isEqualTo(before);
    assertThat(person.post(run + "/restore", "").status()).as("it is there").isEqualTo(200);
    Answer never = person.post("/api/v1/runs/nobody1/restore", "");
    assertThat(never.status()).isEqualTo(404);
    assertThat(never.problem()).contains("deleted more than 10 minutes ago");
  }

  /** A run of a red picture that is there and a blue one that is not. */
  private String halfway(String model, String name) {
    List<String> images =
        List.of(
            person.image(name, Pictures.png(8, 8, Color.RED)),
            person.image("halt.png", Pictures.png(8, 8, Color.BLUE)));
    System.setProperty(Halting.HALTS, "true");
    try {
      Map<String, Object> order =
          Map.of("model", model, "visualization", "halting", "images", images);
      String id = person.post("/api/v1/runs", order).json().path("id").asText();
      JsonNode unused = person.finished(id, 1);
      person.delete("/api/v1/runs/" + id);
      while (!person.get("/api/v1/runs").text().contains(id)) {
        assertThat(person.ended(id).path("state").asText()).isEqualTo("cancelled");
      }
      return id;
    } finally {
      System.clearProperty(Halting.HALTS);
    }
  }

  @Test
  void theRestOfARunTakesWhatIsThereWhereAllIsAsItWas() {
    String id = halfway("colours", "once.png");
    assertThat(listed(person, id).path("state").asText()).isEqualTo("cancelled");
    assertThat(person.get("/runs/" + id).text()).contains("data-rest");
    assertThat(person.get("/api/v1/runs/" + id + "/report.html").text())
        .contains("1 of 2, cancelled");
    Answer rest = person.post("/api/v1/runs/" + id + "/rest", "");
    assertThat(rest.status()).as(rest.text()).isEqualTo(202);
    JsonNode whole = person.ended(rest.json().path("id").asText());
    assertThat(whole.path("state").asText()).isEqualTo("done");
    assertThat(whole.path("finished").asInt()).isEqualTo(2);
    assertThat(Halting.times("once.png")).isEqualTo(1);
    assertThat(person.get(whole.at("/images/0/original").asText()).status()).isEqualTo(200);
    assertThat(listed(person, whole.path("id").asText()).path("finished").asInt()).isEqualTo(2);
    Answer nothing = person.post("/api/v1/runs/" + whole.path("id").asText() + "/rest", "");
    assertThat(nothing.status()).isEqualTo(409);
    assertThat(person.get("/runs/" + whole.path("id").asText()).text()).doesNotContain("data-rest");
  }

  @Test
  void theRestOfARunIsAllOfItWhereTheModelIsGivenSomethingElseNow(@TempDir Path folder)
      throws IOException {
    String model = upload(person, "own.onnx", Files.readAllBytes(TestModel.COLOUR.write(folder)));
    String id = halfway(model, "twice.png");
    person.patch("/api/v1/models/" + model + "/input", "{\"preprocessing\": {\"pad\": 9}}");
    Answer rest = person.post("/api/v1/runs/" + id + "/rest", "");
    assertThat(rest.json().path("model").asText()).isEqualTo(model);
    JsonNode whole = person.ended(rest.json().path("id").asText());
    assertThat(whole.path("state").asText()).isEqualTo("done");
    assertThat(Halting.times("twice.png")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\": 3}",
        "{\"nam\": \"x\"}",
        "{\"name\":"
            + " \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}"
      })
  void aNameThatCannotBeIsRefused(String body) {
    String id = run(person, "class-probabilities", Color.RED);
    assertThat(person.post("/api/v1/runs/" + id + "/name", body).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs/nobody1",
        "/api/v1/runs/..%2f..%2fsessions",
        "/api/v1/runs/nobody1/report.html",
        "/api/v1/runs/nobody1/small/0",
        "/api/v1/runs/nobody1/results.zip",
        "/runs/nobody1",
        "/runs/..%2fruns.db"
      })
  void whatIsNotKeptIsNotFound(String address) {
    assertThat(person.get(address).status()).isIn(400, 404);
  }

  @Test
  void aCancelledRunOfWhichNothingWasFinishedIsNotKept() {
    String image = person.image("r.png", Pictures.png(8, 8, Color.RED));
    String id =
        person
            .post(
                "/api/v1/runs",
                Map.of("model", "colours", "visualization", "endless", "images", List.of(image)))
            .json()
            .path("id")
            .asText();
    person.delete("/api/v1/runs/" + id);
    assertThat(person.ended(id).path("state").asText()).isEqualTo("cancelled");
    assertThat(person.get("/api/v1/runs").json().findValuesAsText("id"))
        .as("nothing of it was finished")
        .doesNotContain(id);
  }

  @Test
  void aRunIsRepeatedByWhoeverSeesIt() {
    String id = run(person, "saliency", Color.RED);
    JsonNode before = person.get("/api/v1/runs/" + id).json();
    Client colleague = SERVER.person();
    Answer started = colleague.post("/api/v1/runs/" + id + "/repeat", "");
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    JsonNode again = colleague.ended(started.json().path("id").asText());
    assertThat(again.path("state").asText()).isEqualTo("done");
    assertThat(again.path("settings")).isEqualTo(before.path("settings"));
    assertThat(colleague.get(again.at("/images/0/panels/0/array").asText()).body())
        .isEqualTo(colleague.get(before.at("/images/0/panels/0/array").asText()).body());
    assertThat(colleague.get("/api/v1/images").json().path("images")).hasSize(1);
  }

  private static String upload(Client who, String name, byte[] model) {
    return who.upload("/api/v1/models", new Client.Upload(name, model)).json().path("id").asText();
  }

  @Test
  void theModelOfARunIsFoundByWhatItIsWhoeverOpenedItAndUnderWhateverName(@TempDir Path folder)
      throws IOException {
    byte[] file = Files.readAllBytes(TestModel.COLOUR.write(folder));
    byte[] another = Files.readAllBytes(ColourModel.write(folder.resolve("another.onnx")));
    Client first = SERVER.person();
    String image = first.image("r.png", Pictures.png(20, 20, Color.RED));
    Map<String, Object> order =
        Map.of(
            "model", upload(first, "mine.onnx", file),
            "visualization", "class-probabilities",
            "images", List.of(image));
    String run = first.post("/api/v1/runs", order).json().path("id").asText();
    JsonNode before = first.ended(run);
    String repeat = "/api/v1/runs/" + run + "/repeat";

    Client colleague = SERVER.person();
    String mistaken = upload(colleague, "mine.onnx", another);
    Answer started = colleague.post(repeat, "");
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    assertThat(started.json().path("model").asText()).isEqualTo("mine-2").isNotEqualTo(mistaken);
    JsonNode again = colleague.ended(started.json().path("id").asText());
    assertThat(again.at("/images/0/predictions")).isEqualTo(before.at("/images/0/predictions"));
    first.post("/api/v1/session/reset", "");
    assertThat(colleague.post(repeat, "").json().path("model").asText()).isEqualTo("mine-2");
    colleague.post("/api/v1/session/reset", "");

    Client third = SERVER.person();
    assertThat(third.post(repeat, "").problem())
        .startsWith("The model mine.onnx is not on this server any more. Open its file, mine.onnx")
        .contains("(SHA-256 " + FileHash.of(TestModel.COLOUR.write(folder)) + ")");
    upload(third, "mine.onnx", another);
    assertThat(third.post(repeat, "").problem()).contains("computes something else");
    String renamed = upload(third, "renamed.onnx", file);
    assertThat(third.post(repeat, "").json().path("model").asText()).isEqualTo(renamed);
    third.post("/api/v1/session/reset", ""); // other tests have this model, too
  }

  @Test
  void theListTellsRunsOfOneMethodApartByTheirSettings() {
    String image = person.image("r.png", Pictures.png(8, 8, Color.RED));
    Map<String, Object> order =
        Map.of(
            "model", "colours",
            "visualization", "saliency",
            "images", List.of(image),
            "settings", Map.of("channels", "sum"),
            "classes", List.of(2, 0));
    person.ended(person.post("/api/v1/runs", order).json().path("id").asText());
    assertThat(person.get("/runs").text()).contains("channels sum, classes blue, red</p>");
    assertThat(settings(person, run(person, "saliency", Color.RED))).isEmpty();
  }

  @Test
  void asManyClassesAsTheMethodShowsByItselfAreNotTold() {
    String usual = run(person, SideBySide.ID, Color.RED);
    assertThat(settings(person, usual)).isEmpty();
    String image = person.image("r.png", Pictures.png(8, 8, Color.RED));
    Map<String, Object> order =
        Map.of(
            "model", "colours", "visualization", SideBySide.ID, "images", List.of(image), "top", 2);
    String two = person.post("/api/v1/runs", order).json().path("id").asText();
    person.ended(two);
    assertThat(settings(person, two)).isEqualTo("2 classes");
  }

  @Test
  void methodsAndSwitchesAreToldInWords() {
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
            Map.of("methods", "gradient-x-input, smoothgrad(samples=2)", "difference", "true"));
    Answer answer = person.post("/api/v1/runs", order);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    String id = answer.json().path("id").asText();
    person.ended(id);
    assertThat(settings(person, id))
        .isEqualTo("methods Gradient × input, SmoothGrad(samples=2), difference on");
  }

  /** What the list says of a run's settings; empty where they are as they come. */
  private static String settings(Client who, String id) {
    String item = who.get("/runs").text().split("data-run=\"" + id + "\"")[1].split("</li>")[0];
    Matcher said = Pattern.compile("class=\"settings\">([^<]*)<").matcher(item);
    return said.find() ? said.group(1) : "";
  }

  @Test
  void twoRunsStandSideBySideAndWhatDiffersIsMarked() {
    String one = run(person, "saliency", Color.RED);
    String other = run(person, "class-probabilities", Color.RED, Color.BLUE);
    String page = person.get("/runs/" + one + "?beside=" + other).text();
    assertThat(page).contains("This run has no such image.").contains("<tr class=\"differs\">");
    assertThat(page).contains("/api/v1/runs/" + one + "/files/r0-original.png");
    assertThat(page).contains("/api/v1/runs/" + other + "/files/r1-original.png");
    assertThat(person.get("/runs/" + one + "?beside=nobody1").status()).isEqualTo(404);
  }

  @Test
  void aReportIsOneFileThatAsksForNothing() {
    String id = run(person, "all-parts", Color.RED);
    Answer answer = person.get("/api/v1/runs/" + id + "/report.html");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"all-parts_of_Which_colour.html\"");
    assertThat(answer.text())
        .contains("default-src 'none'")
        .contains("data-steps=")
        .contains("data:image/svg+xml;base64,")
        .contains("The map depends on the weights.")
        .contains("&lt;b&gt;dense&lt;/b&gt;")
        .endsWith("</html>\n")
        .doesNotContain("src=\"/")
        .doesNotContain("href=")
        .doesNotContain("http://127");
  }

  /** On a server that others reach, lists are each person's own; who has the link may look. */
  @Test
  void onASharedServerOnlyOnesOwnRunsAreListedNamedAndDeleted(@TempDir Path folder) {
    try (OtherProcess shared = new OtherProcess(folder.resolve("data"), "0.0.0.0")) {
      shared.start();
      Client ada = new Client(shared.address());
      Client bob = new Client(shared.address());
      String id = run(ada, "class-probabilities", Color.RED);
      assertThat(listed(ada, id).path("own").asBoolean()).isTrue();
      assertThat(bob.get("/api/v1/runs").json().path("runs")).isEmpty();
      assertThat(bob.get("/runs").text()).doesNotContain(id);
      assertThat(bob.get("/api/v1/runs/" + id).json().path("state").asText()).isEqualTo("done");
      assertThat(bob.get("/runs/" + id).text()).doesNotContain("data-delete");
      assertThat(bob.delete("/api/v1/runs/" + id + "/results").status()).isEqualTo(403);
      assertThat(bob.post("/api/v1/runs/" + id + "/name", Map.of("name", "x")).status())
          .isEqualTo(403);
      assertThat(ada.delete("/api/v1/runs/" + id + "/results").status()).isEqualTo(200);
      assertThat(bob.post("/api/v1/runs/" + id + "/restore", "").status()).isEqualTo(403);
      assertThat(ada.post("/api/v1/runs/" + id + "/restore", "").status()).isEqualTo(200);
    }
  }
}
