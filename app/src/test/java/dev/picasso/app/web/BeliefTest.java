package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From a method's result to the question whether it may be believed. */
class BeliefTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final Client person = SERVER.person();

  private JsonNode run(String visualization, Map<String, ?> settings) {
    String image = person.image("red.png", Pictures.png(8, 8, Color.RED));
    Answer started =
        person.post(
            "/api/v1/runs",
            Map.of(
                "model",
                "colours",
                "visualization",
                visualization,
                "images",
                List.of(image),
                "settings",
                settings));
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    return person.ended(started.json().path("id").asText());
  }

  private String row(JsonNode run) {
    return person.get("/api/v1/runs/" + run.path("id").asText() + "/rows/0").text();
  }

  @Test
  void aMethodsMapsOfferTheQuestionAndTheirRunHasItsWords() {
    JsonNode run = run("integrated-gradients", Map.of("steps", 7));
    assertThat(run.path("map").asText()).isEqualTo("integrated-gradients(steps=7)");
    assertThat(row(run)).contains("data-believe=\"0\"").contains("data-believe=\"1\"");
  }

  @Test
  void whatIsNoMapOfAMethodDoesNot() {
    JsonNode run = run("class-probabilities", Map.of());
    assertThat(run.has("map")).isFalse();
    assertThat(row(run)).doesNotContain("data-believe");
  }

  @Test
  void theAnswerIsALineOfClaimsEachWithItsPage() {
    JsonNode run =
        run(
            "belief",
            Map.of(
                "map", "integrated-gradients(steps=7)", "checks", "completeness", "ofClass", "1"));
    JsonNode result = run.at("/images/0");
    assertThat(result.at("/predictions/0/index").asInt()).isEqualTo(1);
    assertThat(result.at("/panels/0/text").asText()).startsWith("adds up: ");
    assertThat(result.at("/panels/0/claims").asBoolean()).isTrue();
    assertThat(result.at("/panels/0/pages/0").asText()).isEqualTo("checks/completeness");
    assertThat(row(run))
        .contains("<p class=\"claims dotted\"><span><a href=\"/checks/completeness\"")
        .contains("what this means, and when it misleads</a>")
        .doesNotContain("data-believe");
  }

  @Test
  void aClassIsFoundByItsLabelAndAWrongOneIsTold() {
    Map<String, String> checks = Map.of("checks", "completeness", "map", "gradient-x-input");
    Map<String, String> green = new java.util.HashMap<>(checks);
    green.put("ofClass", "green");
    assertThat(run("belief", green).at("/images/0/predictions/0/label").asText())
        .isEqualTo("green");
    green.put("ofClass", "gren");
    assertThat(run("belief", green).at("/images/0/problem").asText())
        .contains("has no class gren; did you mean green?");
  }

  @Test
  void eachCheckHasAPageAndNothingElse() {
    assertThat(person.get("/checks/completeness").text()).contains("<h1>Completeness</h1>");
    Answer unknown = person.get("/checks/complete");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text()).contains("There is no check complete; there");
  }
}
