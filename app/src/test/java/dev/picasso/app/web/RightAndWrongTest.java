package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a model is right, wherever results are told. */
class RightAndWrongTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final Client person = SERVER.person();

  private String image(String name, Color colour, String label) {
    String id = person.image(name, Pictures.png(8, 8, colour));
    if (!label.isEmpty()) {
      var body = BodyPublishers.ofString("{\"label\": \"" + label + "\"}");
      person.send(person.request("/api/v1/images/" + id).method("PATCH", body).build());
    }
    return id;
  }

  /**
   * Two right ones, one wrong, one that shows none of the classes, one of which nothing is known.
   */
  private List<String> images() {
    List<String> ids = new ArrayList<>();
    ids.add(image("1.png", Color.RED, "Red"));
    ids.add(image("2.png", Color.GREEN, "green"));
    ids.add(image("3.png", Color.GREEN, "blue"));
    ids.add(image("4.png", Color.BLUE, "<violet>"));
    ids.add(image("5.png", Color.BLUE, ""));
    return ids;
  }

  private JsonNode run(Map<String, Object> more) {
    Map<String, Object> order =
        new java.util.HashMap<>(
            Map.of("model", "colours", "visualization", "saliency", "images", images()));
    order.putAll(more);
    return person.ended(person.post("/api/v1/runs", order).json().path("id").asText());
  }

  @Test
  void whatAnImageShowsStandsBesideWhatTheModelTold() {
    JsonNode run = run(Map.of());
    JsonNode wrong = run.at("/images/2/truth");
    assertThat(wrong.path("label").asText()).isEqualTo("blue");
    assertThat(wrong.path("index").asInt()).isEqualTo(2);
    assertThat(wrong.at("/told/label").asText()).isEqualTo("green");
    assertThat(wrong.path("right").asBoolean(true)).isFalse();
    assertThat(run.at("/images/0/truth/right").asBoolean()).isTrue();
    assertThat(run.at("/images/3/truth").has("right")).isFalse();
    assertThat(run.at("/images/4").has("truth")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"classes\": [2, 0]}", "{\"top\": 1}"})
  void theCountIsTheSameWhateverClassesAreShown(String more) {
    JsonNode run = run(Json.map((com.fasterxml.jackson.databind.node.ObjectNode) Json.parse(more)));
    JsonNode tally = run.path("tally");
    assertThat(tally.path("judged").asInt()).isEqualTo(3);
    assertThat(tally.path("wrong").asInt()).isEqualTo(1);
    assertThat(tally.path("unknown").asInt()).isEqualTo(2);
    assertThat(tally.at("/confusions/0/truth/label").asText()).isEqualTo("blue");
    assertThat(tally.at("/confusions/0/told/label").asText()).isEqualTo("green");
    String address = "/api/v1/runs/" + run.path("id").asText() + "/results.json";
    assertThat(person.get(address).json().path("tally")).isEqualTo(tally);
  }

  @Test
  void aRunOfTrueLabelsCountsThoseThatItExplained() {
    JsonNode tally = run(Map.of("classes", "true-labels")).path("tally");
    assertThat(tally.path("judged").asInt()).isEqualTo(3);
    assertThat(tally.path("wrong").asInt()).isEqualTo(1);
    assertThat(tally.path("unknown").asInt()).as("the others have a problem").isZero();
  }

  @Test
  void pagesAndReportsSayIt() {
    String id = run(Map.of()).path("id").asText();
    for (String address : List.of("/runs/" + id, "/api/v1/runs/" + id + "/report.html")) {
      assertThat(person.get(address).text())
          .as(address)
          .contains("1 of 3 wrong, accuracy 66.7\u00a0%")
          .contains("<td>blue</td><td>green</td><td>1</td>")
          .contains("data-verdict=\"wrong\" data-pair=\"2 1\"")
          .contains("&lt;violet&gt;")
          .doesNotContain("<violet>");
    }
    String row = person.get("/api/v1/runs/" + id + "/rows/2").text();
    assertThat(row).contains("data-best=\"{&quot;index&quot;:1");
  }

  @Test
  void runsWithoutLabelsSayNothingOfIt() {
    String image = person.image("a.png", Pictures.png(8, 8, Color.RED));
    Map<String, Object> order =
        Map.of("model", "colours", "visualization", "saliency", "images", List.of(image));
    String id = person.post("/api/v1/runs", order).json().path("id").asText();
    assertThat(person.ended(id).has("tally")).isFalse();
    assertThat(person.get("/runs/" + id).text()).doesNotContain("id=\"tally\"");
  }
}
