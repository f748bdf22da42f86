package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunsTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final Client person = SERVER.person();

  private String red(String name) {
    return person.image(name, Pictures.png(8, 8, Color.RED));
  }

  private Answer start(String visualization, Map<String, ?> settings, String... images) {
    return person.post(
        "/api/v1/runs",
        Map.of(
            "model",
            "colours",
            "visualization",
            visualization,
            "images",
            List.of(images),
            "settings",
            settings));
  }

  /** What is in a request besides two ids that are right, and what is said of it. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`, \"setings\": {}` | There is no \"setings\"; a request has \"model\","
            + " \"visualization\",",
        "`, \"settings\": {\"window\": [1]}` | The setting \"window\" must be a text, a number,",
        "`, \"settings\": {\"window\": null}` | The setting \"window\" must be a text, a number,",
        "`, \"settings\": [1]` | \"settings\" must be an object",
        "`, \"top\": 2.5` | \"top\" is 2.5; it must be a whole number",
        "`, \"top\": DEEP` | The request is nested too deeply",
        "`, ` | The request is no JSON: line 1, column",
        "`} {` | The request is no JSON: line 1, column",
        "`, \"model\": \"colours\"` | The request is no JSON: line 1, column"
      })
  void whatMakesNoSenseInARequestIsTold(String more, String message) {
    String json =
        "{\"model\": \"colours\", \"visualization\": \"partial-occlusion\", \"images\": [\""
            + red("r.png")
            + "\"]"
            + more.replace("DEEP", "[".repeat(5000))
            + "}";
    Answer answer = person.post("/api/v1/runs", json);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).startsWith(message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"model\": 5}` | \"model\" is 5; it must be the id of a model.",
        "`{\"model\": null}` | \"model\" is null; it must be the id of a model.",
        "`{}` | \"model\" is missing; it must be the id of a model.",
        "`{\"model\": \"colours\", \"visualization\": \"saliency\", \"images\": [[\"x\"]]}` |"
            + " \"images\" has [\"x\"], which is no id;"
      })
  void whatIsNoIdIsShown(String json, String message) {
    Answer answer = person.post("/api/v1/runs", json);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).startsWith(message);
  }

  @Test
  void aSettingThatIsWrongForTheModelIsToldWithItsNameBeforeTheRun() {
    person.ended(started("class-probabilities", Map.of(), red("r.png"))); // the model is there now
    Answer layer = start("grad-cam", Map.of("layer", "nope"), red("r.png"));
    assertThat(layer.status()).isEqualTo(400);
    assertThat(layer.json().at("/error/settings/layer").asText())
        .startsWith("layer is nope; ")
        .contains("has no layer nope");
    Answer region = start("saliency", Map.of("region", "predicted"), red("r.png"));
    assertThat(region.status()).isEqualTo(400);
    assertThat(region.json().at("/error/settings/region").asText())
        .contains("has one answer for a whole picture");
    Answer method = start("class-map", Map.of(), red("r.png"));
    assertThat(method.status()).isEqualTo(400);
    assertThat(method.problem()).contains("has one answer for a whole picture");
  }

  private String started(String visualization, Map<String, ?> settings, String... images) {
    Answer answer = start(visualization, settings, images);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  @Test
  void aRunGivesNumbersMapsAndPictures() {
    String run =
        started(
            "partial-occlusion",
            Map.of("perSide", 2, "window", "0.5", "shows", "probability"),
            red("r.png"));
    JsonNode ended = person.ended(run);
    assertThat(ended.path("state").asText()).isEqualTo("done");
    assertThat(ended.path("progress").asDouble()).isEqualTo(1);
    assertThat(ended.at("/settings/perSide").asText()).isEqualTo("2");
    assertThat(ended.at("/settings/fill").asText()).isEqualTo("grey");
    JsonNode image = ended.at("/images/0");
    // A red picture has means 1, 0, 0: softmax of 5, 0, 0.
    double red = Math.exp(5) / (Math.exp(5) + 2);
    assertThat(image.at("/predictions/0/label").asText()).isEqualTo("red");
    assertThat(image.at("/predictions/0/probability").asDouble()).isCloseTo(red, within(1e-5));
    assertThat(image.path("panels")).hasSize(3);
    JsonNode panel = image.at("/panels/0");
    assertThat(panel.path("colours").asText()).isEqualTo("inferno");
    BufferedImage overlay = Pictures.read(person.get(panel.path("overlay").asText()).body());
    BufferedImage map = Pictures.read(person.get(panel.path("map").asText()).body());
    assertThat(overlay.getWidth()).isEqualTo(8);
    // Still likely with any window hidden: the bright end of the scale.
    assertThat(new Color(map.getRGB(4, 4)).getRed()).isGreaterThan(200);
    Answer array = person.get(panel.path("array").asText() + "?download");
    assertThat(array.text()).contains("NUMPY").contains("'<f4'");
    assertThat(array.header("Content-Disposition")).contains("r-partial-occlusion-red.npy");
    assertThat(person.get(image.path("original").asText()).header("Content-Type"))
        .isEqualTo("image/png");
    assertThat(person.get(image.path("example").asText()).status()).isEqualTo(200);
  }

  @Test
  void partsOfEveryKindHaveTheirFilesAndTheirPlaceInTheRow() throws IOException {
    String run = started("all-parts", Map.of(), red("r.png"));
    JsonNode parts = person.ended(run).at("/images/0/panels");
    assertThat(parts.findValuesAsText("kind"))
        .containsExactly("map", "curve", "table", "picture", "text");
    assertThat(person.get(parts.at("/1/csv").asText()).text())
        .isEqualTo(
            "share of pixels removed,red <1>,at random\n0.0,1.0,0.9\n0.5,0.25,0.8\n1.0,NaN,0.1\n");
    Answer drawing = person.get(parts.at("/1/drawing").asText());
    assertThat(drawing.header("Content-Type")).startsWith("image/svg+xml");
    assertThat(drawing.text()).contains("red &lt;1&gt;", "share of pixels removed");
    assertThat(person.get(parts.at("/2/csv").asText() + "?download").header("Content-Disposition"))
        .contains("r-all-parts-layers.csv");
    assertThat(person.get(parts.at("/2/csv").asText()).text())
        .isEqualTo("name,share\n\"conv, first\",0.5\n<b>dense</b>,0.25\n");
    assertThat(Pictures.read(person.get(parts.at("/3/picture").asText()).body()).getWidth())
        .isEqualTo(4);
    assertThat(parts.at("/4/text").asText()).isEqualTo("The map depends on the weights.");
    assertThat(person.get("/api/v1/runs/" + run + "/rows/0").text())
        .contains("<td>conv, first</td>", "&lt;b&gt;dense", "the weights.", "Save drawing (SVG)")
        .contains(parts.at("/1/drawing").asText(), parts.at("/3/picture").asText());
    assertThat(namesIn(person.get("/api/v1/runs/" + run + "/results.zip").body()))
        .contains("results.json")
        .anyMatch(name -> name.endsWith("-1.npy"))
        .anyMatch(name -> name.endsWith("-2.svg"))
        .anyMatch(name -> name.endsWith("-2.csv"))
        .anyMatch(name -> name.endsWith("-3.csv"))
        .anyMatch(name -> name.endsWith("-4.png"));
  }

  @Test
  void aSaliencyMapIsTheGradientOfTheScore() throws IOException {
    String run = started("saliency", Map.of(), red("r.png"));
    JsonNode panel = person.ended(run).at("/images/0/panels/0");
    byte[] npy = person.get(panel.path("array").asText()).body();
    float first =
        java.nio.ByteBuffer.wrap(npy, npy.length - 4 * 16, 4)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .getFloat();
    assertThat(first).isCloseTo(5 / 16f, within(1e-5f)); // 5 times a mean over 16 pixels
  }

  @Test
  void rowsAreHtmlWithEscapedNames() {
    String run = started("class-probabilities", Map.of(), red("<img src=x>.png"));
    person.ended(run);
    Answer row = person.get("/api/v1/runs/" + run + "/rows/0");
    assertThat(row.header("Content-Type")).startsWith("text/html");
    assertThat(row.text()).contains("&lt;img").doesNotContain("<img src=x>").contains("red");
    assertThat(person.get("/api/v1/runs/" + run + "/rows/7").status()).isEqualTo(404);
    assertThat(person.get("/api/v1/runs/" + run + "/rows/x").status()).isEqualTo(404);
  }

  @Test
  void aPluginsTemplateShowsItsRows() {
    String run = started("good-plugin", Map.of("n", 7), red("r&d.png"));
    person.ended(run);
    assertThat(person.get("/api/v1/runs/" + run + "/rows/0").text())
        .isEqualTo("<p class=\"mine\">Which colour?, r&amp;d.png: red, n=7</p>");
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(strings = {"faulty-plugin", "no-template"})
  void aBrokenTemplateIsToldOnItsRow(String visualization) {
    String run = started(visualization, Map.of(), red("r.png"));
    assertThat(person.ended(run).path("state").asText()).isEqualTo("done");
    Answer row = person.get("/api/v1/runs/" + run + "/rows/0");
    assertThat(row.status()).isEqualTo(200);
    assertThat(row.text()).contains("r.png").contains(".peb cannot show this row");
  }

  private static List<String> namesIn(byte[] archive) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        names.add(e.getName());
      }
    }
    return names;
  }

  /** The text of the first file. */
  private static String first(byte[] archive) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      zip.getNextEntry();
      return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void everythingCanBeHadAsOneArchive() throws IOException {
    String run = started("saliency", Map.of(), red("r.png"), red("../r.png"));
    person.ended(run);
    byte[] archive = person.get("/api/v1/runs/" + run + "/results.zip").body();
    List<String> names = namesIn(archive);
    JsonNode json = Json.parse(first(archive));
    assertThat(names).contains("results.json").hasSize(1 + 2 * (1 + 3 * 3)).doesNotHaveDuplicates();
    assertThat(names.subList(1, names.size()))
        .allMatch(name -> name.matches("r[a-z0-9_.-]*"))
        .noneMatch(name -> name.startsWith("r0"));
    assertThat(names)
        .contains(
            json.at("/images/0/panels/0/array").asText(),
            json.at("/images/1/panels/0/map").asText(),
            json.at("/images/1/original").asText());
    assertThat(json.at("/images/0/panels/0/array").asText()).startsWith("r-saliency-");
    assertThat(json.at("/model/sha256").asText()).hasSize(64);
    assertThat(json.at("/settings/transparency").asText()).isEqualTo("0");
  }

  @Test
  void eventsTellEachResultAndTheEnd() {
    String run = started("saliency", Map.of(), red("a.png"), red("b.png"));
    Answer events = person.get("/api/v1/runs/" + run + "/events");
    assertThat(events.header("Content-Type")).startsWith("text/event-stream");
    assertThat(events.text())
        .contains("event: result\ndata: {\"index\":0}")
        .contains("event: result\ndata: {\"index\":1}")
        .contains("event: end\ndata: {\"state\":\"done\"");
  }

  @Test
  void allThatIsWrongWithSettingsIsToldAtOnce() {
    Answer answer =
        start(
            "partial-occlusion",
            Map.of("window", 1.4, "perSide", "many", "fill", "red", "strides", 2),
            red("r.png"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/problems")).hasSize(4);
    assertThat(answer.problem())
        .contains("window is 1.4; it must be between 0.01 and 0.9")
        .contains("perSide is many")
        .contains("fill is red; it must be one of grey, black, white")
        .contains("no setting strides");
  }

  static Stream<Arguments> wrongOrders() {
    return Stream.of(
        Arguments.of(404, "\"model\": \"nix\", \"visualization\": \"saliency\"", "colours"),
        Arguments.of(
            404,
            "\"model\": \"colours\", \"visualization\": \"salience\"",
            "did you mean saliency"),
        Arguments.of(
            404,
            "\"model\": \"colours\", \"visualization\": \"saliency\", \"images\": [\"nix\"]",
            "nix"),
        Arguments.of(
            400,
            "\"model\": \"colours\", \"visualization\": \"saliency\", \"images\": []",
            "between 1 and"),
        Arguments.of(
            400,
            "\"model\": \"colours\", \"visualization\": \"saliency\", \"settings\": [1]",
            "settings"),
        Arguments.of(
            400, "\"model\": \"colours\", \"visualization\": \"saliency\", \"top\": 0", "top"),
        Arguments.of(400, "\"visualization\": \"saliency\"", "model"),
        Arguments.of(400, "\"model\": ", "no JSON"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("wrongOrders")
  void wrongOrdersAreRefusedInWords(int status, String order, String expected) {
    Answer answer = person.post("/api/v1/runs", "{" + order + "}");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.problem()).contains(expected);
  }

  @Test
  void aRunOfABrokenModelFailsInWords() {
    Answer answer =
        person.post(
            "/api/v1/runs",
            Map.of(
                "model", "broken", "visualization", "saliency", "images", List.of(red("r.png"))));
    JsonNode ended = person.ended(answer.json().path("id").asText());
    assertThat(ended.path("state").asText()).isEqualTo("failed");
    assertThat(ended.path("problem").asText()).contains("broken.onnx");
  }

  @Test
  void whatGoesWrongWithOneImageStaysWithIt() {
    String run = started("picky", Map.of(), red("words.png"), red("fault.png"), red("fine.png"));
    JsonNode images = person.ended(run).path("images");
    assertThat(images.at("/0/problem").asText()).isEqualTo("I do not like words.png.");
    assertThat(images.at("/1/problem").asText())
        .contains("picky failed")
        .doesNotContain("secret details");
    assertThat(images.at("/2/predictions/0/label").asText()).isEqualTo("red");
    assertThat(person.get("/api/v1/runs/" + run + "/rows/0").text()).contains("I do not like");
  }

  @Test
  void cancellingEndsARunAtOnce() {
    String run = started("endless", Map.of(), red("r.png"));
    assertThat(person.get("/api/v1/runs/" + run).json().path("state").asText())
        .isEqualTo("running");
    assertThat(person.get("/api/v1/runs/" + run).json().at("/images/0/pending").asBoolean())
        .isTrue();
    assertThat(person.get("/api/v1/runs/" + run + "/rows/0").status()).isEqualTo(404);
    assertThat(person.delete("/api/v1/runs/" + run).json().path("ok").asBoolean()).isTrue();
    assertThat(person.get("/api/v1/runs/" + run).json().path("state").asText())
        .isEqualTo("cancelled");
    String next = started("saliency", Map.of(), red("next.png"));
    assertThat(person.ended(next).path("state").asText()).isEqualTo("done");
  }

  @Test
  void startingOverStopsWorkAndForgetsIt() {
    String run = started("endless", Map.of(), red("r.png"));
    person.post("/api/v1/session/reset", "");
    assertThat(person.get("/api/v1/runs/" + run).status()).isEqualTo(404);
    String next = started("saliency", Map.of(), red("next.png"));
    assertThat(person.ended(next).path("state").asText()).isEqualTo("done");
  }

  @Test
  void onePersonCannotTakeAllTheTurns() {
    String image = red("r.png");
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < TestServer.LIMITS.running(); i++) {
      runs.add(started("endless", Map.of(), image));
    }
    Answer refused = start("saliency", Map.of(), image);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.problem()).contains("cancel");
    runs.forEach(r -> person.delete("/api/v1/runs/" + r));
    assertThat(start("saliency", Map.of(), image).status()).isEqualTo(202);
  }

  @Test
  void whoWaitsIsToldHowManyGoFirst() {
    String image = red("r.png");
    for (int i = 0; i < 2; i++) {
      started("endless", Map.of(), image);
    }
    String third = started("endless", Map.of(), image);
    Client stranger = SERVER.person();
    String next =
        stranger
            .post(
                "/api/v1/runs",
                Map.of(
                    "model",
                    "colours",
                    "visualization",
                    "saliency",
                    "images",
                    List.of(stranger.image("s.png", Pictures.png(8, 8, Color.RED)))))
            .json()
            .path("id")
            .asText();
    // Nothing of the stranger's is under way, and so theirs is next.
    assertThat(stranger.get("/api/v1/runs/" + next).json().path("ahead").asInt(-1)).isZero();
    assertThat(person.get("/api/v1/runs/" + third).json().path("ahead").asInt(-1)).isEqualTo(1);
    person.post("/api/v1/session/reset", "");
    JsonNode ended = stranger.ended(next);
    assertThat(ended.path("state").asText()).isEqualTo("done");
    assertThat(ended.has("ahead")).isFalse();
  }

  @Test
  void nobodySeesAnothersRunWhileItIsAtWork() {
    String run = started("endless", Map.of(), red("r.png"));
    Client other = SERVER.person();
    for (String path :
        List.of("", "/events", "/rows/0", "/files/r0-original.png", "/results.zip")) {
      assertThat(other.get("/api/v1/runs/" + run + path).status()).as(path).isEqualTo(404);
    }
    person.delete("/api/v1/runs/" + run);
  }

  @Test
  void onlyTheFilesOfTheResultsCanBeHad() {
    String run = started("class-probabilities", Map.of(), red("r.png"));
    person.ended(run);
    Answer answer = person.get("/api/v1/runs/" + run + "/files/nix.png");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).contains("r0-original.png");
    assertThat(person.get("/api/v1/runs/" + run + "/files/..%2f..%2flock").status()).isIn(400, 404);
  }

  @Test
  void resultsOutliveTheirImagesRemoval() {
    String image = red("r.png");
    String run = started("class-probabilities", Map.of(), image);
    person.ended(run);
    person.delete("/api/v1/images/" + image);
    assertThat(person.get("/api/v1/runs/" + run).json().path("state").asText()).isEqualTo("done");
    assertThat(person.get("/api/v1/images/" + image).status()).isEqualTo(200);
  }
}
