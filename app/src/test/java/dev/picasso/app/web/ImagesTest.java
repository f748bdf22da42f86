package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Upload;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImagesTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private static final byte[] RED = Pictures.png(8, 8, Color.RED);

  static Stream<Arguments> badImages() {
    return Stream.of(
        Arguments.of("a text", "hello".getBytes(StandardCharsets.UTF_8), "a text, not an image"),
        Arguments.of("no bytes", new byte[0], "empty (0 bytes)"),
        Arguments.of("cut off", Arrays.copyOf(RED, RED.length - 20), "broken"),
        Arguments.of("a huge header", Pictures.header(60_000, 60_000), "60000 × 60000"),
        Arguments.of("an archive", Pictures.archive(), "a.txt: this is a text"),
        Arguments.of("too many bytes", new byte[300_000], "the limit for an image is 0.2 MB"),
        Arguments.of(
            "too many pixels", Pictures.header(1200, 1200), "the limit is 1.0 megapixels"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badImages")
  void aBadImageGetsOneMessageAndTheOthersAreTaken(String what, byte[] content, String expected) {
    JsonNode images =
        SERVER
            .person()
            .upload(
                "/api/v1/images",
                new Upload("first.png", RED),
                new Upload("bad.png", content),
                new Upload("last.png", RED))
            .json()
            .path("images");
    assertThat(images).hasSize(3);
    assertThat(images.get(0).path("id").asText()).isNotEmpty();
    assertThat(images.get(1).path("problem").asText()).contains(expected).startsWith("bad.png: ");
    assertThat(images.get(1).has("id")).isFalse();
    assertThat(images.get(2).path("width").asInt()).isEqualTo(8);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badImages")
  void aRequestWithNothingButBadImagesIsAnError(String what, byte[] content, String expected) {
    Client.Answer answer = SERVER.person().upload("/api/v1/images", new Upload("bad.png", content));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).startsWith("bad.png: ").contains(expected);
    assertThat(answer.json().at("/error/problems")).hasSize(1);
    assertThat(answer.json().at("/images/0/problem").asText()).contains(expected);
  }

  @Test
  void aRequestThatIsTooLargeAsAWholeIsRefused() {
    byte[] much = new byte[(int) (50 * TestServer.MAX_UPLOAD)];
    Client.Answer answer = SERVER.person().upload("/api/v1/images", new Upload("a.png", much));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.problem()).contains("larger than").contains("fewer or smaller files");
  }

  @Test
  void aRequestWithoutFilesIsTold() {
    Client person = SERVER.person();
    assertThat(person.upload("/api/v1/images").status()).isEqualTo(400);
    assertThat(person.post("/api/v1/images", "{}").status()).isEqualTo(415);
  }

  @Test
  void namesAreShownButNeverUsedAsPaths() {
    Client person = SERVER.person();
    JsonNode image =
        person
            .upload("/api/v1/images", new Upload("../../etc/pass<b>wd.png", RED))
            .json()
            .at("/images/0");
    assertThat(image.path("name").asText()).isEqualTo("pass<b>wd.png");
    assertThat(person.get(image.path("url").asText()).status()).isEqualTo(200);
    assertThat(person.get("/api/v1/images/..%2f..%2flock").status()).isIn(400, 404);
  }

  @Test
  void thumbnailsAreSmall() {
    Client person = SERVER.person();
    String id = person.image("wide.png", Pictures.png(400, 100, Color.BLUE));
    BufferedImage thumb = Pictures.read(person.get("/api/v1/images/" + id + "?thumb").body());
    BufferedImage whole = Pictures.read(person.get("/api/v1/images/" + id).body());
    assertThat(thumb.getWidth()).isEqualTo(160);
    assertThat(thumb.getHeight()).isEqualTo(40);
    assertThat(whole.getWidth()).isEqualTo(400);
    assertThat(new Color(whole.getRGB(200, 50))).isEqualTo(Color.BLUE);
  }

  @Test
  void aDeletedImageCanBeRestoredWhereItWas() {
    Client person = SERVER.person();
    String first = person.image("a.png", RED);
    String second = person.image("b.png", RED);
    assertThat(person.delete("/api/v1/images/" + first).json().path("ok").asBoolean()).isTrue();
    assertThat(ids(person)).containsExactly(second);
    person.post("/api/v1/images/" + first + "/restore", "");
    assertThat(ids(person)).containsExactly(first, second);
  }

  private static Stream<String> ids(Client person) {
    return Stream.of(person.get("/api/v1/images").json().path("images"))
        .flatMap(list -> list.findValuesAsText("id").stream());
  }

  @Test
  void peopleDoNotSeeEachOther() {
    Client one = SERVER.person();
    Client other = SERVER.person();
    String id = one.image("mine.png", RED);
    assertThat(ids(other)).isEmpty();
    assertThat(other.get("/api/v1/images/" + id).status()).isEqualTo(404);
    assertThat(other.delete("/api/v1/images/" + id).status()).isEqualTo(404);
    assertThat(ids(one)).containsExactly(id);
  }

  @Test
  void startingOverRemovesTheImagesOfThisPersonOnly() {
    Client one = SERVER.person();
    Client other = SERVER.person();
    String gone = one.image("gone.png", RED);
    String kept = other.image("kept.png", RED);
    assertThat(one.post("/api/v1/session/reset", "").status()).isEqualTo(200);
    assertThat(ids(one)).isEmpty();
    assertThat(one.get("/api/v1/images/" + gone).status()).isEqualTo(404);
    assertThat(ids(other)).containsExactly(kept);
  }

  @Test
  void aSessionHoldsSoManyImagesAndNoMore() {
    Client person = SERVER.person();
    Upload[] many = new Upload[TestServer.LIMITS.images() + 1];
    Arrays.fill(many, new Upload("x.png", RED));
    JsonNode images = person.upload("/api/v1/images", many).json().path("images");
    assertThat(images.get(TestServer.LIMITS.images() - 1).has("id")).isTrue();
    assertThat(images.get(TestServer.LIMITS.images()).path("problem").asText())
        .contains("start over");
  }

  @Test
  void sampleImagesOfAModelAreAdded() {
    Client person = SERVER.person();
    JsonNode image =
        person.post("/api/v1/images/samples", "{\"model\": \"colours\"}").json().at("/images/0");
    assertThat(image.path("name").asText()).isEqualTo("green sample.png");
    Client.Answer unknown =
        person.post(
            "/api/v1/images/samples", "{\"model\": \"colours\", \"names\": [\"../colours.onnx\"]}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.problem()).contains("green sample.png");
    Client.Answer nameless = person.post("/api/v1/images/samples", "{}");
    assertThat(nameless.status()).isEqualTo(400);
    assertThat(nameless.problem()).startsWith("\"model\" is missing");
    Client.Answer noList =
        person.post("/api/v1/images/samples", "{\"model\": \"colours\", \"names\": \"all\"}");
    assertThat(noList.status()).isEqualTo(400);
    assertThat(noList.problem()).startsWith("\"names\" must be a list");
  }
}
