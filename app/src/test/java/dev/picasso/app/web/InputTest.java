package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.app.web.Client.Upload;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model is given, over REST. */
class InputTest {
  private static final String INPUT = "/api/v1/models/colours/input";

  @RegisterExtension static final TestServer SERVER = new TestServer();

  private static Upload text(String name, String content) {
    return new Upload(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** A person to whom the model was loaded. */
  private static Client person() {
    Client person = SERVER.person();
    assertThat(person.get("/api/v1/models/colours").json().path("state").asText())
        .isEqualTo("ready");
    return person;
  }

  @Test
  void isTheKeysOfAConfigurationAndWords() {
    JsonNode input = person().get(INPUT).json();
    assertThat(input.path("words").asText()).contains("squeezed to 4x4").contains("x = s/255");
    assertThat(input.at("/preprocessing/scale").asText()).isEqualTo("1/255");
    assertThat(input.at("/preprocessing/color").asText()).isEqualTo("rgb");
    assertThat(input.at("/labels/2").asText()).isEqualTo("blue");
    assertThat(input.path("head").asText()).isEqualTo("auto");
    assertThat(input.path("assumed").toString()).contains("scaled to 0..1");
    assertThat(input.path("own").asBoolean()).isFalse();
  }

  @Test
  void changesAreKeptForThisPersonAlone() {
    Client person = person();
    JsonNode changed =
        person.patch(INPUT, "{\"preprocessing\": {\"preset\": \"tf\", \"color\": \"bgr\"}}").json();
    assertThat(changed.path("words").asText()).contains("bgr; x = s/127.5 - 1");
    assertThat(changed.path("preset").asText()).isEqualTo("tf");
    assertThat(person.get(INPUT).json().path("words")).isEqualTo(changed.path("words"));
    assertThat(person.get("/api/v1/models").json().path("models").findValuesAsText("id"))
        .as("it stands where it stood, once")
        .containsExactly("colours", "broken");
    assertThat(person().get(INPUT).json().at("/preprocessing/scale").asText()).isEqualTo("1/255");
    JsonNode back = person.patch(INPUT, "{\"preprocessing\": {}}").json();
    assertThat(back.at("/preprocessing/scale").asText()).isEqualTo("1/255");
  }

  @Test
  void whatIsSavedSaysTheSameWhenItIsSentBack() {
    Client person = person();
    person.patch(
        INPUT,
        "{\"preprocessing\": {\"scale\": \"-1/255\", \"offset\": 1, \"resize\": 6, \"crop\":"
            + " \"center\", \"filter\": \"area\"}, \"labels\": \"a\\n\\\"b\\\": #\\nno\","
            + " \"head\": \"sigmoid\"}");
    JsonNode before = person.get(INPUT).json();
    assertThat(before.path("labels").toString()).isEqualTo("[\"a\",\"\\\"b\\\": #\",\"no\"]");
    Answer yaml = person.get(INPUT + "/picasso.yaml");
    assertThat(yaml.header("Content-Disposition")).contains("picasso.yaml");
    Client other = person();
    JsonNode after = other.upload(INPUT + "/files", text("picasso.yaml", yaml.text())).json();
    assertThat(after.path("leftOut")).isEmpty();
    for (String part : new String[] {"words", "preprocessing", "labels", "head"}) {
      assertThat(after.path(part)).as(part).isEqualTo(before.path(part));
    }
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("{\"preprocesing\": {}}", "There is no \"preprocesing\""),
        Arguments.of("{\"preprocessing\": {\"scale\": 0}}", "scale is 0"),
        Arguments.of("{\"preprocessing\": {\"sale\": 1}}", "did you mean 'scale'"),
        Arguments.of("{\"preprocessing\": {\"color\": \"gray\"}}", "color gray has 1"),
        Arguments.of("{\"preprocessing\": {\"mean\": [1, 2]}}", "mean is a list"),
        Arguments.of("{\"preprocessing\": {\"class\": \"java.util.ArrayList\"}}", "class is"),
        Arguments.of("{\"preprocessing\": {\"resize\": \"9999999999x1\"}}", "resize is"),
        Arguments.of("{\"labels\": [\"a\", \"b\"]}", "has 3 classes, but there are 2 labels"),
        Arguments.of("{\"head\": \"relu\"}", "head is relu"),
        Arguments.of("{\"output\": \"nowhere\"}", "nowhere"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatMakesNoSenseIsRefusedAndChangesNothing(String sent, String said) {
    Client person = person();
    JsonNode before = person.get(INPUT).json();
    Answer answer = person.patch(INPUT, sent);
    assertThat(answer.status()).isBetween(400, 422);
    assertThat(answer.problem()).contains(said).doesNotContain("line 1");
    assertThat(person.get(INPUT).json()).isEqualTo(before);
  }

  @Test
  void labelsOfAnyNameAndFormAreTakenOver() {
    for (Upload file :
        new Upload[] {
          text("what ever.txt", "rot\ngrün\nblau"),
          text("x.csv", "index,name\n0,rot\n1,grün\n2,blau\n"),
          text("y.json", "{\"blau\": 2, \"rot\": 0, \"grün\": 1}")
        }) {
      JsonNode input = person().upload(INPUT + "/files", file).json();
      assertThat(input.path("labels").toString()).isEqualTo("[\"rot\",\"grün\",\"blau\"]");
    }
    Answer bytes = person().upload(INPUT + "/files", new Upload("z.txt", new byte[] {0, -1, 3}));
    assertThat(bytes.status()).isEqualTo(422);
  }

  @Test
  void aConfigurationThatComesWithAModelIsHonoured() {
    Client person = SERVER.person();
    JsonNode model =
        person
            .upload(
                "/api/v1/models",
                text("own/picasso.yaml", yaml("net.onnx", "labels: names.of.classes")),
                text("own/names.of.classes", "rot\ngrün\nblau"),
                new Upload("own/net.onnx", SERVER.modelFile()))
            .json();
    assertThat(model.at("/classes/1").asText()).isEqualTo("grün");
    String id = model.path("id").asText();
    JsonNode input = person.get("/api/v1/models/" + id + "/input").json();
    assertThat(input.path("preset").asText()).isEqualTo("tf");
    assertThat(model.path("notes").toString()).doesNotContain("left out");
  }

  @Test
  void samplesStayThoseThatTheModelCameWith() {
    Client person = person();
    Answer sent =
        person.upload(
            INPUT + "/files",
            text("picasso.yaml", yaml("colours.onnx", "images: [more.png]")),
            new Upload("more.png", Pictures.png(8, 8, Color.BLUE)));
    assertThat(sent.json().path("leftOut").toString()).contains("'images' of the configuration");
    assertThat(person.get("/api/v1/models/colours").json().path("samples"))
        .isEqualTo(person().get("/api/v1/models/colours").json().path("samples"));
  }

  private static String yaml(String file, String more) {
    return "models:\n  - path: "
        + file
        + "\n    "
        + more
        + "\n    preprocessing: {preset: tf}\nserver: {port: 1}\n";
  }

  @Test
  void nothingOutsideOfWhatWasSentIsTouched() {
    Client person = SERVER.person();
    String hostile = "labels: ../../../../../../etc/passwd\n    images: [/etc, ../..]";
    JsonNode model =
        person
            .upload(
                "/api/v1/models",
                text("picasso.yaml", yaml("net.onnx", hostile)),
                new Upload("net.onnx", SERVER.modelFile()))
            .json();
    assertThat(model.path("state").asText()).isEqualTo("ready");
    assertThat(model.path("samples")).isEmpty();
    assertThat(model.path("notes").toString())
        .contains("labels of the configuration names what was not sent along")
        .contains("images of the configuration")
        .contains("'server' of picasso.yaml is for whoever starts Picasso");
    assertThat(person.upload("/api/v1/models", text("picasso.yaml", "models: []")).problem())
        .contains("send it along with the model");
    assertThat(
            person
                .upload(INPUT + "/files", text("picasso.yaml", "models:\n - path: x\n   lable: y"))
                .problem())
        .contains("line 3: unknown key 'lable'; did you mean 'labels'?");
  }

  @Test
  void thePictureIsWhatTheNetworkReceives() throws IOException {
    Client person = person();
    String image = person.image("red.png", Pictures.png(40, 20, Color.RED));
    assertThat(pixel(person, image)).isEqualTo(0xffff0000);
    person.patch(INPUT, "{\"preprocessing\": {\"pad\": 0}}");
    assertThat(pixel(person, image)).as("the margin").isEqualTo(0xff000000);
    person.patch(INPUT, "{\"preprocessing\": {\"scale\": \"-1/255\", \"offset\": 1}}");
    assertThat(pixel(person, image)).as("exchanged").isEqualTo(0xff00ffff);
    assertThat(person.get(INPUT + "/picture").status()).isEqualTo(400);
    assertThat(SERVER.person().get(INPUT + "/picture?image=" + image).status()).isEqualTo(404);
  }

  private static int pixel(Client person, String image) throws IOException {
    byte[] png = person.get(INPUT + "/picture?image=" + image).body();
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(picture.getWidth()).isEqualTo(4);
    return picture.getRGB(0, 0);
  }

  @Test
  void aRunTellsWhatTheModelWasGivenAndPredictionsAreOfWhatItIsGivenNow() {
    Client person = person();
    String red = person.image("red.png", Pictures.png(8, 8, Color.RED));
    String order =
        "{\"model\": \"colours\", \"visualization\": \"class-probabilities\", \"images\": [\""
            + red
            + "\"]}";
    String run = person.post("/api/v1/runs", order).json().path("id").asText();
    String then = person.ended(run).path("given").asText();
    assertThat(then).isNotEmpty().isEqualTo(given(person));
    assertThat(said(person, red)).isEqualTo("red");
    person.patch(INPUT, "{\"preprocessing\": {\"color\": \"bgr\"}}");
    assertThat(given(person)).isNotEqualTo(then);
    assertThat(said(person, red)).isEqualTo("blue");
    assertThat(person.get("/api/v1/runs/" + run).json().path("given").asText()).isEqualTo(then);
    person.patch(INPUT, "{\"preprocessing\": {\"scale\": \"1/255\", \"color\": \"rgb\"}}");
    assertThat(given(person)).as("the same in other words").isEqualTo(then);
    person.patch(INPUT, "{\"labels\": [\"rot\", \"grün\", \"blau\"]}");
    assertThat(given(person)).isNotEqualTo(then);
    assertThat(said(person, red)).isEqualTo("rot");
    String predictions = "/api/v1/models/colours/predictions";
    assertThat(person.post(predictions, "{}").status()).isEqualTo(400);
    assertThat(person.post(predictions, "{\"images\": [\"nix\"]}").status()).isEqualTo(404);
  }

  private static String given(Client person) {
    return person.get("/api/v1/models/colours").json().path("given").asText();
  }

  private static String said(Client person, String image) {
    return person
        .post("/api/v1/models/colours/predictions", "{\"images\": [\"" + image + "\"]}")
        .json()
        .at("/predictions/0/label")
        .asText();
  }

  @Test
  void theDoctorTellsHowFarItIs() {
    Client person = person();
    Answer told =
        person.send(
            person
                .request("/api/v1/models/colours/doctor")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
    assertThat(told.header("Content-Type")).startsWith("text/event-stream");
    assertThat(told.text())
        .startsWith("event: progress\ndata: {\"progress\":0.0}\n\n")
        .containsOnlyOnce("event: diagnosis\ndata: {\"summary\":")
        .endsWith("}\n\n");
  }

  @Test
  void theDoctorStopsWhenNobodyWaitsAnyMore(@TempDir Path folder) throws IOException {
    Client person = person();
    JsonNode slow =
        person
            .upload(
                "/api/v1/models",
                new Upload(
                    "slow.onnx", Files.readAllBytes(SlowModel.write(folder.resolve("slow.onnx")))))
            .json();
    String path = "/api/v1/models/" + slow.path("id").asText() + "/doctor";
    try (RawSocket socket = new RawSocket(SERVER.address())) {
      socket.send(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nCookie: "
              + person.cookie()
              + "\r\nContent-Length: 2\r\n\r\n{}");
      socket.until("\"progress\":0.1");
    }
    assertThat(person.post("/api/v1/models/colours/doctor", "{}").status())
        .as("the next patient's turn comes")
        .isEqualTo(200);
  }

  @Test
  void aModelThatIsStillLoadedKeepsTheDoctorFromNobody(@TempDir Path folder) throws IOException {
    Client person = person();
    byte[] file = Files.readAllBytes(SlowModel.toLoad(folder.resolve("slow.onnx")));
    JsonNode slow = person.upload("/api/v1/models", new Upload("slow.onnx", file)).json();
    assertThat(slow.path("state").asText()).isEqualTo("loading");
    String path = "/api/v1/models/" + slow.path("id").asText();
    try (RawSocket socket = new RawSocket(SERVER.address())) {
      socket.send(
          "POST "
              + path
              + "/doctor HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nCookie: "
              + person.cookie()
              + "\r\nContent-Length: 2\r\n\r\n{}");
      socket.until("\"progress\":0.0");
      assertThat(person.post("/api/v1/models/colours/doctor", "{}").status()).isEqualTo(200);
      assertThat(person.get(path).json().path("state").asText()).isEqualTo("loading");
    }
    assertThat(person.delete(path).status()).isEqualTo(200);
  }

  @Test
  void howPixelsAreScaledIsAGuessUntilSomebodyKnows() {
    Client person = person();
    String model = "/api/v1/models/colours";
    assertThat(person.get(model).json().path("guessedRange").asText()).isEqualTo("0 to 1");
    assertThat(person.get(INPUT).json().at("/preprocessing/assumed").asText()).isEqualTo("true");
    person.patch(INPUT, "{\"preprocessing\": {\"preset\": \"tf\", \"assumed\": true}}");
    person.patch(INPUT, "{\"labels\": [\"rot\", \"grün\", \"blau\"]}");
    JsonNode doubted = person.get(model).json();
    assertThat(doubted.path("guessedRange").asText()).isEqualTo("−1 to 1");
    assertThat(doubted.path("notes").toString()).contains("(−1 to 1) is assumed, not known");
    assertThat(person.get(INPUT + "/picasso.yaml").text()).contains("      assumed: true\n");
    person.patch(INPUT, "{\"preprocessing\": {\"preset\": \"tf\"}}");
    assertThat(person.get(model).json().has("guessedRange")).isFalse();
    assertThat(person.get(INPUT + "/picasso.yaml").text()).doesNotContain("assumed");
  }

  @Test
  void theDoctorIsAsked() {
    Client person = person();
    String image = person.image("red.png", Pictures.png(8, 8, Color.RED));
    JsonNode found =
        person.post("/api/v1/models/colours/doctor", "{\"images\": [\"" + image + "\"]}").json();
    assertThat(found.at("/pixels/certainty").asText()).isEqualTo("cannot tell");
    assertThat(found.path("repaired").asBoolean()).isFalse();
    assertThat(found.at("/given/preprocessing/scale").asText()).isEqualTo("1/255");
    assertThat(found.path("tried").size()).isGreaterThan(4);
    assertThat(
            person
                .patch(INPUT, "{\"preprocessing\": " + found.at("/remedy/preprocessing") + "}")
                .status())
        .isEqualTo(200);
    assertThat(person.post("/api/v1/models/colours/doctor", "{\"images\": [\"nix\"]}").status())
        .isEqualTo(404);
    assertThat(person.post("/api/v1/models/colours/doctor", "{\"image\": 1}").status())
        .isEqualTo(400);
    Answer broken = person.post("/api/v1/models/broken/doctor", "{}");
    assertThat(broken.status()).isEqualTo(422);
    assertThat(broken.problem()).contains("broken.onnx");
  }
}
