package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.app.web.Client.Upload;
import dev.picasso.model.config.ServerSettings;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one person, and all, may take of the server: time, turns and disk. */
class BoundsTest {
  private static final long DISK = 400_000;

  @RegisterExtension
  static final TestServer SERVER =
      new TestServer(new ServerSettings.Bounds(Duration.ofMinutes(10), DISK, 10 * DISK));

  @RegisterExtension
  static final TestServer HASTY =
      new TestServer(new ServerSettings.Bounds(Duration.ofSeconds(1), DISK, 10 * DISK));

  private final Client person = SERVER.person();

  private static String started(Client who, String visualization, String image) {
    Answer answer = order(who, visualization, image);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  private static Answer order(Client who, String visualization, String... images) {
    return who.post(
        "/api/v1/runs",
        Map.of("model", "colours", "visualization", visualization, "images", List.of(images)));
  }

  private static String red(Client who) {
    return who.image("r.png", Pictures.png(8, 8, Color.RED));
  }

  /** About 40 kB that do not pack. */
  private static byte[] noise(int seed) {
    Random dice = new Random(seed);
    BufferedImage image = new BufferedImage(120, 110, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 120 * 110; i++) {
      image.setRGB(i % 120, i / 120, dice.nextInt(1 << 24));
    }
    return Pictures.png(image);
  }

  @Test
  void aRunThatTakesTooLongIsEnded() {
    Client hasty = HASTY.person();
    JsonNode ended = hasty.ended(started(hasty, "endless", red(hasty)));
    assertThat(ended.path("state").asText()).isEqualTo("failed");
    assertThat(ended.path("problem").asText())
        .isEqualTo(
            "endless was ended after 1 s, the longest that a run may take here."
                + " Ask for less at a time.");
  }

  @Test
  void aVisualizationThatDoesNotEndIsLeftAloneAndAllElseWorks() {
    String image = red(person);
    String first = started(person, "deaf", image);
    String second = started(person, "deaf", image);
    Client stranger = SERVER.person();
    String theirs = red(stranger);
    person.delete("/api/v1/runs/" + first);
    assertThat(stranger.ended(started(stranger, "saliency", theirs)).path("state").asText())
        .as("in the first one's place")
        .isEqualTo("done");
    String endless = started(stranger, "endless", theirs);
    person.delete("/api/v1/runs/" + second);
    assertThat(stranger.ended(started(stranger, "saliency", theirs)).path("state").asText())
        .as("in the second one's place")
        .isEqualTo("done");
    stranger.delete("/api/v1/runs/" + endless);
    Answer refused = order(person, "deaf", image);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.problem()).startsWith("deaf is not started: 2 runs of it do not end");
    assertThat(person.ended(started(person, "saliency", image)).path("state").asText())
        .isEqualTo("done");
  }

  @Test
  void aPersonsDiskIsBoundedAndDeletingFreesIt() {
    List<String> ids = new ArrayList<>();
    Answer answer = person.upload("/api/v1/images", new Upload("0.png", noise(0)));
    for (int i = 1; answer.status() == 200 && i < 20; i++) {
      ids.add(answer.json().at("/images/0/id").asText());
      answer = person.upload("/api/v1/images", new Upload(i + ".png", noise(i)));
    }
    assertThat(answer.status()).isEqualTo(507);
    assertThat(answer.problem()).startsWith("Your images, models and results may take 400 kB here");
    assertThat(ids).hasSizeBetween(1, 9);
    person.delete("/api/v1/images/" + ids.get(0));
    assertThat(person.upload("/api/v1/images", new Upload("more.png", noise(99))).status())
        .isEqualTo(200);
    assertThat(SERVER.person().upload("/api/v1/images", new Upload("x.png", noise(1))).status())
        .as("another person's")
        .isEqualTo(200);
  }

  @Test
  void theOldestResultsMakeRoomForNewOnes() {
    String image = person.image("noise.png", noise(0));
    String first = started(person, "saliency", image);
    person.ended(first);
    for (int i = 0; person.get("/api/v1/runs/" + first).status() == 200 && i < 15; i++) {
      JsonNode ended = person.ended(started(person, "saliency", image));
      assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("done");
    }
    assertThat(person.get("/api/v1/runs/" + first).status()).isEqualTo(404);
  }

  @Test
  void aRunThatWasRemovedMakesRoomBeforeAnyOther() throws IOException {
    String image = person.image("noise.png", noise(77));
    String stays = started(person, "saliency", image);
    person.ended(stays);
    String removed = started(person, "saliency", image);
    person.ended(removed);
    assertThat(person.delete("/api/v1/runs/" + removed + "/results").status()).isEqualTo(200);
    assertThat(SERVER.storedFiles()).as("it can be restored").contains(stays, removed);
    for (int i = 0; SERVER.storedFiles().contains(removed) && i < 15; i++) {
      person.ended(started(person, "saliency", image));
    }
    assertThat(SERVER.storedFiles()).contains(stays).doesNotContain(removed);
    assertThat(person.post("/api/v1/runs/" + removed + "/restore", "").status()).isEqualTo(404);
  }

  @Test
  void aRunAtWorkThatIsRemovedCannotBeRestored() {
    String run = started(person, "endless", red(person));
    assertThat(person.delete("/api/v1/runs/" + run + "/results").status()).isEqualTo(200);
    assertThat(person.get("/api/v1/runs/" + run).status()).isEqualTo(404);
    assertThat(person.post("/api/v1/runs/" + run + "/restore", "").status()).isEqualTo(404);
  }
}
