package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.settings.SettingException;
import dev.picasso.visualization.Visualizations;
import java.awt.Color;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody waits because of those who take all they can get, or who are gone. */
class FairnessTest {
  @RegisterExtension
  static final TestServer SERVER =
      new TestServer(
          ServerSettings.Bounds.defaults(),
          TestServer.LIMITS.leaving(Duration.ofSeconds(1)).withSteps(50));

  @RegisterExtension static final TestServer PATIENT = new TestServer();

  private static Answer order(Client who, String visualization, List<String> images) {
    return who.post(
        "/api/v1/runs",
        Map.of("model", "colours", "visualization", visualization, "images", images));
  }

  private static String started(Client who, String visualization) {
    return order(who, visualization, List.of(image(who))).json().path("id").asText();
  }

  private static String image(Client who) {
    return who.image("r.png", Pictures.png(8, 8, Color.RED));
  }

  private static String events(Client who, String run) {
    return "GET /api/v1/runs/%s/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: %s\r\n\r\n"
        .formatted(run, who.cookie());
  }

  /** Two runs are worked on at a time: one of a listener's, one of somebody who leaves. */
  @Test
  void workOfWhoWentAwayIsStoppedAndThatOfWhoListensIsNot() throws IOException {
    Client listens = SERVER.person();
    Client leaves = SERVER.person();
    Client comes = SERVER.person();
    String kept = started(listens, "endless");
    try (RawSocket listener = new RawSocket(SERVER.address())) {
      listener.send(events(listens, kept));
      assertThat(listener.firstLine()).isEqualTo("HTTP/1.1 200 OK");
      String left = started(leaves, "endless");
      try (RawSocket page = new RawSocket(SERVER.address())) {
        assertThat(page.send(events(leaves, left)).firstLine()).isEqualTo("HTTP/1.1 200 OK");
      } // which is closed
      assertThat(comes.ended(started(comes, "saliency")).path("state").asText())
          .as("in the place of who left")
          .isEqualTo("done");
      assertThat(listens.get("/api/v1/runs/" + kept).json().path("state").asText())
          .isEqualTo("running");
      JsonNode stopped = leaves.get("/api/v1/runs/" + left).json();
      assertThat(stopped.path("state").asText()).isEqualTo("cancelled");
      assertThat(stopped.path("problem").asText())
          .isEqualTo("Stopped, since nobody has asked for it for 1 s. What was finished is there.");
      listens.delete("/api/v1/runs/" + kept);
    }
  }

  @Test
  void manyImagesOfOnePersonDoNotKeepAnothersSingleOneWaiting() {
    Client greedy = PATIENT.person();
    List<String> images = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      images.add(image(greedy));
    }
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      runs.add(order(greedy, "partial-occlusion", images).json().path("id").asText());
    }
    Client modest = PATIENT.person();
    assertThat(modest.ended(started(modest, "class-probabilities")).path("state").asText())
        .isEqualTo("done");
    assertThat(greedy.get("/api/v1/runs/" + runs.get(2)).json().path("state").asText())
        .isEqualTo("running");
    runs.forEach(run -> greedy.delete("/api/v1/runs/" + run));
  }

  /** Ten may wait beside two at work; five of one address. */
  @Test
  void manySessionsOfOneAddressDoNotKeepOtherAddressesOut() throws IOException {
    List<Client> many = new ArrayList<>();
    Answer last = order(PATIENT.person(), "endless", List.of());
    int taken = 0;
    for (int i = 0; i < 4; i++) {
      Client next = PATIENT.person();
      many.add(next);
      List<String> image = List.of(image(next));
      for (int n = 0; n < 3; n++) {
        last = order(next, "endless", image);
        taken += last.status() == 202 ? 1 : 0;
      }
    }
    assertThat(taken).isEqualTo(7);
    assertThat(last.status()).isEqualTo(503);
    assertThat(last.problem()).startsWith("Too many runs of your address wait already");
    Client other = PATIENT.person();
    String body =
        "{\"model\":\"colours\",\"visualization\":\"saliency\",\"images\":[\"%s\"]}"
            .formatted(image(other));
    try (RawSocket elsewhere = new RawSocket(PATIENT.address(), "127.0.0.2")) {
      assertThat(
              elsewhere
                  .send(
                      "POST /api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                          + "Cookie: %s\r\nContent-Length: %d\r\n\r\n%s"
                              .formatted(other.cookie(), body.length(), body))
                  .answer())
          .startsWith("HTTP/1.1 202 ");
    }
    many.forEach(who -> who.post("/api/v1/session/reset", ""));
    other.post("/api/v1/session/reset", "");
  }

  @ParameterizedTest
  @CsvSource({
    "rise, masks, 51, 51",
    "integrated-gradients, steps, 00060, 00060",
    "smoothgrad, samples, 99999999999999999999, 99999999999999999999",
    "belief, map, 'rise(masks=60, grid=7)', 60"
  })
  void moreThanTheServerAllowsIsRefusedBeforeAnyWork(
      String visualization, String setting, String value, String shown) {
    assertThatThrownBy(
            () ->
                StepLimit.require(
                    Visualizations.builtIn().get(visualization), Map.of(setting, value), 50))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(" is " + shown + "; this server allows at most 50.");
    StepLimit.require(
        Visualizations.builtIn().get(visualization),
        Map.of(setting, "50", "other", "60", "note", "steps=auto"),
        50);
  }

  @Test
  void aSettingThatIsTooMuchIsNamedInTheAnswer() {
    Client person = SERVER.person();
    Answer refused =
        person.post(
            "/api/v1/runs",
            Map.of(
                "model",
                "colours",
                "visualization",
                "rise",
                "images",
                List.of(image(person)),
                "settings",
                Map.of("masks", 4000)));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/settings/masks").asText())
        .isEqualTo("RISE: masks is 4000; this server allows at most 50.");
  }
}
