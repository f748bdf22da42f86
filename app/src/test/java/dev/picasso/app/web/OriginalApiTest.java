package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.app.web.Client.Upload;
import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OriginalApiTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final Client person = SERVER.person();

  private JsonNode upload(String name, Color colour) {
    return person.upload("/api/images", new Upload(name, Pictures.png(8, 8, colour))).json();
  }

  @Test
  void tellsWhatAnswers() {
    JsonNode json = person.get("/api/").json();
    assertThat(json.path("message").asText()).contains("Picasso");
    assertThat(json.path("version").isTextual()).isTrue();
  }

  @Test
  void tellsTheModelAndTheTimeOfItsFile() {
    JsonNode json = person.get("/api/app_state").json();
    assertThat(json.path("app_title").asText()).isEqualTo("Picasso");
    assertThat(json.path("model_name").asText()).isEqualTo("Which colour?");
    assertThat(json.path("latest_ckpt_name").asText()).isEqualTo("colours.onnx");
    assertThat(json.path("latest_ckpt_time").asText())
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
  }

  @Test
  void imagesAreNumberedInTheirSession() {
    JsonNode first = upload("my red image.png", Color.RED);
    assertThat(first.path("ok").asText()).isEqualTo("true");
    assertThat(first.path("file").asText()).isEqualTo("my_red_image.png");
    assertThat(first.path("uid").asInt()).isZero();
    assertThat(upload("b.png", Color.BLUE).path("uid").asInt()).isEqualTo(1);
    JsonNode list = person.get("/api/images").json().path("images");
    assertThat(list.toString())
        .isEqualTo(
            "[{\"filename\":\"my_red_image.png\",\"uid\":0},{\"filename\":\"b.png\",\"uid\":1}]");
    assertThat(SERVER.person().get("/api/images").json().path("images")).isEmpty();
  }

  @Test
  void anUploadWithoutAFileIsNotOk() {
    assertThat(person.post("/api/images", "").json().path("ok").asText()).isEqualTo("false");
    assertThat(person.upload("/api/images").json().path("ok").asText()).isEqualTo("false");
  }

  @Test
  void whatIsNoImageIsRefused() {
    Answer answer = person.upload("/api/images", new Upload("a.png", new byte[] {1, 2, 3}));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("ok").asBoolean(true)).isFalse();
    assertThat(answer.json().path("message").asText()).contains("a.png");
  }

  @Test
  void theThreeVisualizersHaveTheirNamesAndSettings() {
    assertThat(person.get("/api/visualizers").json().path("visualizers").findValuesAsText("name"))
        .contains("ClassProbabilities", "PartialOcclusion", "SaliencyMaps");
    assertThat(person.get("/api/visualizers/PartialOcclusion").text())
        .isEqualTo(
            "{\"settings\":{\"Window\":[\"0.50\",\"0.40\",\"0.30\",\"0.20\",\"0.10\",\"0.05\"],"
                + "\"Strides\":[\"2\",\"5\",\"10\",\"20\",\"30\"],"
                + "\"Occlusion\":[\"grey\",\"black\",\"white\"]}}");
    assertThat(person.get("/api/visualizers/SaliencyMaps").text())
        .isEqualTo("{\"settings\":{\"Transparency\":[\"0.0\",\"0.25\",\"0.5\",\"0.75\"]}}");
    assertThat(person.get("/api/visualizers/ClassProbabilities").text())
        .isEqualTo("{\"settings\":{}}");
    assertThat(person.get("/api/visualizers/Nix").status()).isEqualTo(404);
  }

  @Test
  void visualizingGivesProbabilitiesAndPictures() {
    upload("red.png", Color.RED);
    JsonNode json =
        person
            .get("/api/visualize?image=0&visualizer=PartialOcclusion&Window=0.40&Occlusion=white")
            .json();
    assertThat(json.path("input_file_name").asText()).isEqualTo("red.png");
    assertThat(json.at("/predict_probs/0").toString())
        .isEqualTo("{\"index\":0,\"name\":\"red\",\"prob\":\"0.987\"}");
    assertThat(json.path("has_output").asBoolean()).isTrue();
    assertThat(json.path("output_file_names")).hasSize(3);
    assertThat(json.path("has_processed_input").asBoolean()).isTrue();
    String output = json.at("/output_file_names/0").asText();
    BufferedImage map = Pictures.read(person.get("/api/outputs/" + output).body());
    assertThat(map.getWidth()).isEqualTo(8);
    String processed = json.path("processed_input_file_name").asText();
    assertThat(person.get("/api/outputs/" + processed).status()).isEqualTo(200);
    BufferedImage input = Pictures.read(person.get("/api/inputs/red.png").body());
    assertThat(new Color(input.getRGB(2, 2))).isEqualTo(Color.RED);
    assertThat(SERVER.person().get("/api/outputs/" + output).status()).isEqualTo(404);
  }

  @Test
  void probabilitiesAloneHaveNoOutput() {
    upload("red.png", Color.RED);
    JsonNode json = person.get("/api/visualize?image=0&visualizer=ClassProbabilities").json();
    assertThat(json.path("predict_probs")).hasSize(3);
    assertThat(json.path("has_output").asBoolean(true)).isFalse();
    assertThat(json.has("output_file_names")).isFalse();
  }

  @Test
  void wrongRequestsAreAnsweredInWords() {
    upload("red.png", Color.RED);
    Answer value = person.get("/api/visualize?image=0&visualizer=PartialOcclusion&Window=7");
    assertThat(value.status()).isEqualTo(400);
    assertThat(value.json().path("message").asText()).contains("Window is 7").contains("0.50");
    assertThat(person.get("/api/visualize?image=9&visualizer=SaliencyMaps").status())
        .isEqualTo(404);
    assertThat(person.get("/api/visualize?image=0&visualizer=Nix").status()).isEqualTo(404);
    assertThat(person.get("/api/visualize?image=0").status()).isEqualTo(400);
  }

  @Test
  void startingOverRemovesAll() {
    upload("red.png", Color.RED);
    assertThat(person.get("/api/reset").json().path("ok").asText()).isEqualTo("true");
    assertThat(person.get("/api/images").json().path("images")).isEmpty();
    assertThat(upload("b.png", Color.BLUE).path("uid").asInt()).isZero();
  }

  @Test
  void anythingUnknownIs404() {
    for (String path : new String[] {"/api/nix", "/api/inputs/nix.png", "/api/outputs/nix.png"}) {
      Answer answer = person.get(path);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().path("ok").asBoolean(true)).isFalse();
      assertThat(answer.json().path("code").asInt()).isEqualTo(404);
    }
  }
}
