package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.app.web.Client.Answer;
import dev.picasso.app.web.state.Limits;
import dev.picasso.model.config.ServerSettings;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ManyImagesListedTest {
  @RegisterExtension
  static final TestServer SERVER =
      new TestServer(
          ServerSettings.Bounds.defaults(), new Limits(50, 30, 30, 20, 3, 3, 1 << 20, 10));

  /** The page asks so by itself, so that it is no choice of anybody's. */
  @Test
  void oneClassForEachOfManyImagesIsNotTold() {
    Client person = SERVER.person();
    List<String> images =
        IntStream.range(0, 21)
            .mapToObj(i -> person.image(i + ".png", Pictures.png(2, 2, Color.RED)))
            .toList();
    explain(person, images, 1);
    assertThat(person.get("/runs").text()).doesNotContain("class=\"settings\"");
    explain(person, images, 2);
    assertThat(person.get("/runs").text()).contains("class=\"settings\">2 classes<");
  }

  private static void explain(Client person, List<String> images, int top) {
    Map<String, Object> order =
        Map.of(
            "model",
            "colours",
            "visualization",
            "class-probabilities",
            "images",
            images,
            "top",
            top);
    Answer answer = person.post("/api/v1/runs", order);
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    person.ended(answer.json().path("id").asText());
  }
}
