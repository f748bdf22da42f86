package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.app.web.Client.Upload;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Maps of several inputs of a model, which stand in one row. */
class InputsInARowTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  @TempDir Path folder;

  private final Client person = SERVER.person();
  private String model = "";
  private String image = "";

  @BeforeEach
  void twoPictures() throws IOException {
    Path file = HeldTest.product(folder.resolve("product.onnx"), 2);
    Upload upload = new Upload("product.onnx", Files.readAllBytes(file));
    model = person.upload("/api/v1/models", upload).json().path("id").asText();
    image = person.image("white.png", Pictures.png(8, 8, Color.WHITE));
    Upload red = new Upload("red.png", Pictures.png(16, 8, Color.RED));
    assertThat(person.upload("/api/v1/models/" + model + "/held?input=b", red).status())
        .isEqualTo(200);
  }

  private Answer order(Object inputs) {
    return order(inputs, "saliency");
  }

  private Answer order(Object inputs, String visualization) {
    Map<String, Object> order = new LinkedHashMap<>();
    order.put("model", model);
    order.put("visualization", visualization);
    order.put("images", List.of(image));
    order.put("top", 1);
    order.put("inputs", inputs);
    return person.post("/api/v1/runs", order);
  }

  private JsonNode run(Object inputs) {
    Answer begun = order(inputs);
    assertThat(begun.status()).as(begun.text()).isEqualTo(202);
    return person.ended(begun.json().path("id").asText());
  }

  @Test
  void theModelListsThoseWithAPicture() {
    JsonNode inputs = person.get("/api/v1/models/" + model).json().path("inputs");
    assertThat(inputs.findValuesAsText("name")).containsExactly("a", "b");
    assertThat(inputs.at("/1/holds").asText()).isEqualTo("red.png");
    assertThat(person.get("/api/v1/models/colours").json().has("inputs")).isFalse();
  }

  @Test
  void eachInputHasItsMapsInTheRowOfTheImage() throws IOException {
    JsonNode run = run(List.of("b", "a"));
    assertThat(run.path("state").asText()).isEqualTo("done");
    assertThat(run.path("inputs")).hasSize(2);
    JsonNode row = run.at("/images/0");
    assertThat(row.path("input").asText()).isEqualTo("a");
    JsonNode beside = row.at("/inputs/0");
    assertThat(beside.path("input").asText()).isEqualTo("b");
    assertThat(beside.path("image").asText()).isEqualTo("red.png");
    assertThat(beside.path("imageWidth").asInt()).isEqualTo(16);
    Answer picture = person.get(beside.path("original").asText());
    assertThat(Pictures.read(picture.body()).getRGB(0, 0)).isEqualTo(Color.RED.getRGB());
    Answer array = person.get(beside.at("/panels/0/array").asText() + "?download");
    assertThat(array.status()).isEqualTo(200);
    assertThat(array.header("Content-Disposition")).contains("white-saliency-b-class");

    String id = run.path("id").asText();
    String html = person.get("/api/v1/runs/" + id + "/rows/0").text();
    assertThat(html).contains("aria-label=\"b holds red.png\"");
    assertThat(html.split("<figure class=\"map\"", -1)).hasSize(3);
    assertThat(html.split("original-cell", -1)).as("of which what-if is asked").hasSize(2);
    JsonNode results = person.get("/api/v1/runs/" + id + "/results.json").json();
    assertThat(results.at("/explained/b/height").asInt()).isEqualTo(4);
    assertThat(entries(person.get("/api/v1/runs/" + id + "/results.zip").body()))
        .anyMatch(name -> name.matches("[^@]+-saliency-[^@]+-1\\.npy"))
        .anyMatch(name -> name.matches("[^@]+-saliency-[^@]+@2-1\\.npy"))
        .anyMatch(name -> name.matches("[^@]+@2-original\\.png"));
    assertThat(person.get("/runs/" + id).text()).contains("b: red.png");
    assertThat(person.get("/api/v1/runs/" + id + "/figure.svg").status()).isEqualTo(200);
    assertThat(person.get("/runs").text()).contains("inputs a, b");

    JsonNode again =
        person.ended(person.post("/api/v1/runs/" + id + "/repeat", "").json().path("id").asText());
    assertThat(again.path("inputs")).isEqualTo(run.path("inputs"));
    assertThat(again.at("/images/0/inputs/0/panels")).hasSize(1);
  }

  @Test
  void whereTheImagesOwnInputCannotBeExplainedTheOtherStandsBesideTheProblem() {
    image = person.image("words.png", Pictures.png(8, 8, Color.WHITE));
    Answer begun = order("all", "picky");
    JsonNode run = person.ended(begun.json().path("id").asText());
    JsonNode row = run.at("/images/0");
    assertThat(row.path("problem").asText()).isEqualTo("I do not like words.png.");
    assertThat(row.at("/inputs/0/predictions")).isNotEmpty();
    String html = person.get("/api/v1/runs/" + run.path("id").asText() + "/rows/0").text();
    assertThat(html).contains("I do not like words.png.").contains("b holds red.png");
    assertThat(person.get("/runs/" + run.path("id").asText()).text()).contains("b: red.png");
  }

  private static List<String> entries(byte[] zip) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  @Test
  void anotherInputAloneStandsBesideWhatTheImageIsTakenFor() {
    JsonNode row = run(List.of("b")).at("/images/0");
    assertThat(row.path("panels")).isEmpty();
    assertThat(row.at("/predictions/0/index").asInt()).as("white times red").isZero();
    assertThat(row.at("/inputs/0/panels")).hasSize(1);
    assertThat(run("all").at("/images/0/inputs")).hasSize(1);
  }

  @Test
  void whatCannotBeExplainedIsRefusedInWords() {
    Answer unknown = order(List.of("c"));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.problem()).contains("no input c", "a, b");
    for (Object wrong : List.of("b", 1, List.of(1), Map.of("a", true), List.of(""))) {
      Answer refused = order(wrong);
      assertThat(refused.status()).as(wrong.toString()).isEqualTo(400);
      assertThat(refused.problem()).contains("\"inputs\" must be a list");
    }
  }
}
