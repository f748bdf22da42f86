package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.app.web.Client.Upload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ModelPagesTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final Client person = SERVER.person();

  @Test
  void aModelHasItsLayersAsADrawing() {
    Answer answer = person.get("/api/v1/models/colours/graph");
    assertThat(answer.status()).isEqualTo(200);
    JsonNode json = answer.json();
    List<Integer> drawn = new ArrayList<>();
    for (JsonNode section : json.path("sections")) {
      for (JsonNode block : section.path("blocks")) {
        block.path("boxes").forEach(b -> b.path("layers").forEach(l -> drawn.add(l.asInt())));
      }
    }
    assertThat(drawn).isNotEmpty().doesNotHaveDuplicates().hasSize(json.path("layers").size());
    assertThat(json.path("layers").get(0).path("shape").asText()).isNotEmpty();
  }

  @Test
  void eachModelHasItsOwnDrawingHoweverOftenOneAsks(@TempDir Path folder) throws IOException {
    byte[] file = Files.readAllBytes(NumbersModel.one(folder.resolve("one.onnx")));
    String other =
        person.upload("/api/v1/models", new Upload("one.onnx", file)).json().path("id").asText();
    JsonNode first = person.get("/api/v1/models/colours/graph").json();
    JsonNode second = person.get("/api/v1/models/" + other + "/graph").json();
    assertThat(second.path("layers")).isNotEmpty().isNotEqualTo(first.path("layers"));
    assertThat(person.get("/api/v1/models/" + other + "/graph").json()).isEqualTo(second);
    assertThat(person.get("/api/v1/models/colours/graph").json()).isEqualTo(first);
  }

  @Test
  void aModelHasAPage() {
    Answer answer = person.get("/models/colours/view");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("data-model=\"colours\"");
  }

  @Test
  void whatIsNoModelIsTold() {
    assertThat(person.get("/api/v1/models/nope/graph").status()).isEqualTo(404);
    assertThat(person.get("/models/nope/view").status()).isEqualTo(404);
  }
}
