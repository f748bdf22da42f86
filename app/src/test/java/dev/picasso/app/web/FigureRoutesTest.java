package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureRoutesTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private final Client person = SERVER.person();

  private String run(String visualization) {
    String image = person.image("red & blue.png", Pictures.png(8, 8, Color.RED));
    Answer answer =
        person.post(
            "/api/v1/runs",
            Map.of("model", "colours", "visualization", visualization, "images", List.of(image)));
    assertThat(answer.status()).isEqualTo(202);
    JsonNode ended = person.ended(answer.json().path("id").asText());
    assertThat(ended.path("state").asText()).isEqualTo("done");
    return "/api/v1/runs/" + ended.path("id").asText();
  }

  @Test
  void aRunIsAFigureOfThreeKinds() throws IOException {
    String run = run("partial-occlusion");
    Answer svg = person.get(run + "/figure.svg?width=85&download");
    assertThat(svg.status()).isEqualTo(200);
    assertThat(svg.header("Content-Type")).isEqualTo("image/svg+xml");
    assertThat(svg.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"figure-partial-occlusion.svg\"");
    assertThat(new String(svg.body(), StandardCharsets.UTF_8))
        .contains("width=\"85mm\"", ">red &amp; blue<", "Partial occlusion");
    Answer pdf = person.get(run + "/figure.pdf");
    assertThat(new String(pdf.body(), StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
    Answer png = person.get(run + "/figure.png?width=60&dpi=127&columns=image,1&caption=");
    assertThat(ImageIO.read(new ByteArrayInputStream(png.body())).getWidth()).isEqualTo(300);
  }

  @Test
  void whatToCiteIsToldWithThePaper() {
    JsonNode citation = person.get(run("partial-occlusion") + "/citation").json();
    assertThat(citation.path("text").asText())
        .startsWith("Heat maps were computed with Partial occlusion");
    assertThat(citation.path("bibtex").asText()).startsWith("@misc{zeiler2013visualizing,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "widht=85|400|Figure: there is no widht; there are width, points, dpi, rows, columns,",
        "width=wide|400|Figure: width is wide; it must be a number.",
        "width=NaN|400|Figure: the width is NaN mm; it must be between 20 and 1000.",
        "dpi=100000|400|Figure: the resolution is 100000 dpi; it must be between 72 and 1200.",
        "scale=big|400|Figure: scale is big; it must be made, row, table or own.",
        "rows=x|400|Figure: a row is x; it must be a number from 1.",
        "rows=9|422|There is no row 9; the results have rows 1 to 1.",
        "columns=nope|422|There is no column nope; there are image, "
      })
  void whatIsWrongIsTold(String query, int status, String problem) {
    Answer answer = person.get(run("partial-occlusion") + "/figure.png?" + query);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.problem()).startsWith(problem);
  }

  @Test
  void resultsWithoutPicturesAreNoFigure() {
    Answer answer = person.get(run("class-probabilities") + "/figure.pdf");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).contains("no map or picture");
  }

  @Test
  void aRunThatNobodyKnowsHasNoFigure() {
    assertThat(person.get("/api/v1/runs/nope/figure.pdf").status()).isEqualTo(404);
    assertThat(person.get("/api/v1/runs/nope/citation").status()).isEqualTo(404);
  }
}
