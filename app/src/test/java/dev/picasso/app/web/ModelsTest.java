package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Upload;
import dev.picasso.app.web.state.Limits;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.visualization.testkit.TestModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelsTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  @RegisterExtension
  static final TestServer CLOSED =
      new TestServer(
          ServerSettings.Bounds.defaults(), new Limits(50, 20, 10, 20, 3, 0, 1 << 20, 10));

  @Test
  void aModelIsLoadedWhenItIsAskedFor() {
    JsonNode model = SERVER.person().get("/api/v1/models/colours").json();
    assertThat(model.path("state").asText()).isEqualTo("ready");
    assertThat(model.path("file").asText()).isEqualTo("colours.onnx");
    assertThat(model.at("/input/height").asInt()).isEqualTo(4);
    assertThat(model.at("/input/channels").asInt()).isEqualTo(3);
    assertThat(model.path("classCount").asInt()).isEqualTo(3);
    assertThat(model.at("/classes/2").asText()).isEqualTo("blue");
    assertThat(model.path("notes").toString()).contains("scaled to 0..1");
  }

  @Test
  void aModelThatIsAskedForListsItsLayers(@TempDir Path folder) throws IOException {
    Client person = SERVER.person();
    byte[] file = Files.readAllBytes(TestModel.COLOUR.write(folder));
    JsonNode model = person.upload("/api/v1/models", new Upload("colour.onnx", file)).json();
    assertThat(model.path("defaultLayer").asText()).isEqualTo("Relu");
    assertThat(model.path("stages").toString()).isEqualTo("[\"Relu\"]");
    JsonNode layer = model.at("/layers/1");
    assertThat(layer.path("name").asText()).isEqualTo("Relu");
    assertThat(layer.path("kind").asText()).isEqualTo("Relu");
    assertThat(layer.path("shape").asText()).isEqualTo("[N, 5, 10, 12]");
    assertThat(layer.path("grid").toString()).isEqualTo("{\"height\":10,\"width\":12}");
    assertThat(model.findValuesAsText("name")).contains("MatMul");
    JsonNode listed = person.get("/api/v1/models").json().path("models");
    assertThat(listed.findValues("layers")).as("there may be many in a list of models").isEmpty();
  }

  @Test
  void aModelThatFailsSaysWhyAndDoesNotHarmTheOthers() {
    Client person = SERVER.person();
    JsonNode broken = person.get("/api/v1/models/broken").json();
    assertThat(broken.path("state").asText()).isEqualTo("failed");
    assertThat(broken.path("problem").asText()).contains("broken.onnx");
    assertThat(person.get("/api/v1/models/colours").json().path("state").asText())
        .isEqualTo("ready");
    assertThat(person.get("/api/v1/models").json().path("models")).hasSize(2);
  }

  @Test
  void anUnknownModelIsAnsweredWithTheNamesThatExist() {
    Client.Answer answer = SERVER.person().get("/api/v1/models/nix");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).contains("nix").contains("colours").contains("broken");
  }

  @Test
  void aModelThatIsSentBelongsToThisSession() {
    Client person = SERVER.person();
    Client.Answer answer =
        person.upload("/api/v1/models", new Upload("../colours.onnx", SERVER.modelFile()));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("id").asText()).isEqualTo("colours-2");
    assertThat(answer.json().path("state").asText()).isEqualTo("ready");
    assertThat(person.get("/api/v1/models").json().path("models")).hasSize(3);
    assertThat(SERVER.person().get("/api/v1/models/colours-2").status()).isEqualTo(404);
    person.post("/api/v1/session/reset", "");
    assertThat(person.get("/api/v1/models").json().path("models")).hasSize(2);
  }

  @Test
  void labelsThatComeWithAModelAreUsed() {
    JsonNode model =
        SERVER
            .person()
            .upload(
                "/api/v1/models",
                new Upload("labels.txt", bytes("rot\ngrün\nblau\n")),
                new Upload("farben.onnx", SERVER.modelFile()))
            .json();
    assertThat(model.at("/classes/1").asText()).isEqualTo("grün");
  }

  @Test
  void filesOfARefusedUploadAreNotKept() throws IOException {
    Client person = SERVER.person();
    Upload one = new Upload("refused-upload.onnx", SERVER.modelFile());
    assertThat(person.upload("/api/v1/models", one, one).problem())
        .isEqualTo("Two of the files are called refused-upload.onnx.");
    assertThat(SERVER.storedFiles()).doesNotContain("refused-upload.onnx");
    assertThat(person.upload("/api/v1/models", one).status()).isEqualTo(201);
    assertThat(SERVER.storedFiles()).contains("refused-upload.onnx");
  }

  static Stream<Arguments> badModels() {
    return Stream.of(
        Arguments.of("random bytes", "x.h5", new byte[] {7, 1, 2, 3, 4, 5, 6, 7, 8, 9}),
        Arguments.of("nothing", "x.onnx", new byte[0]),
        Arguments.of("an archive", "x.keras", Pictures.archive()),
        Arguments.of("other JSON", "model.json", bytes("{\"a\": 1}")),
        Arguments.of("a configuration", "picasso.yaml", bytes("models: [{path: /etc/passwd}]")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badModels")
  void whatIsNoModelIsToldAndNotKept(String what, String name, byte[] content) {
    Client person = SERVER.person();
    Client.Answer answer = person.upload("/api/v1/models", new Upload(name, content));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).contains(name).doesNotContain("/tmp").doesNotContain("Exception");
    assertThat(person.get("/api/v1/models").json().path("models")).hasSize(2);
  }

  /** Also a sender who does not stop to send gets to read why. */
  @Test
  void uploadsOfModelsAreBounded() {
    Client person = SERVER.person();
    byte[] large = new byte[(int) TestServer.LIMITS.modelBytes() * 3];
    assertThat(person.upload("/api/v1/models", new Upload("a.onnx", large)).status())
        .isEqualTo(413);
    assertThat(person.upload("/api/v1/models").status()).isEqualTo(400);
    for (int i = 0; i < TestServer.LIMITS.models(); i++) {
      person.upload("/api/v1/models", new Upload("m.onnx", SERVER.modelFile()));
    }
    assertThat(person.upload("/api/v1/models", new Upload("m.onnx", large)).status())
        .isEqualTo(429);
  }

  @Test
  void aServerMayOpenNoModelsOfStrangers() {
    Client person = CLOSED.person();
    Client.Answer refused = person.upload("/api/v1/models", new Upload("m.onnx", bytes("x")));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.problem()).isEqualTo("Nobody opens models of their own on this server.");
    assertThat(person.get("/api/v1/models/colours").json().path("state").asText())
        .isEqualTo("ready");
    String page = person.get("/").text();
    assertThat(page)
        .contains("<input type=\"file\" id=\"model-file\" class=\"unseen\" multiple hidden>")
        .contains("for=\"model-file\" hidden>")
        .contains("Nobody opens models of their own on this server.");
    assertThat(SERVER.person().get("/").text())
        .contains("class=\"unseen\" multiple>")
        .contains("for=\"model-file\">")
        .doesNotContain("Nobody opens models");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
