package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.app.web.Client.Upload;
import dev.picasso.format.npy.NpyFile;
import dev.picasso.format.onnx.OnnxWriter;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Models that see several pictures, of which a person says what all but one hold. */
public class HeldTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  private static final byte[] RED = Pictures.png(8, 8, Color.RED);
  private static final byte[] WHITE = Pictures.png(8, 8, Color.WHITE);

  @TempDir Path folder;

  private final Client person = SERVER.person();
  private String model = "";

  /** Tells which colour the product of all inputs has most of. */
  public static Path product(Path file, int inputs) {
    GraphBuilder g = new GraphBuilder();
    List<Value> all =
        IntStream.range(0, inputs)
            .mapToObj(
                i ->
                    g.input(
                        String.valueOf((char) ('a' + i)),
                        DataType.FLOAT,
                        Shape.of(Shape.BATCH, 4, 4, 3)))
            .toList();
    Value product = all.stream().reduce((x, y) -> g.mul(x, y)).orElseThrow();
    Value scores = g.mul(g.mean(product, false, 1, 2), g.constant(Tensor.of(new float[] {5}, 1)));
    OnnxWriter.write(g.build(g.softmax(scores, 1)), file);
    return file;
  }

  @BeforeEach
  void open() throws IOException {
    model = opened(2);
  }

  private String opened(int inputs) throws IOException {
    Path file = product(folder.resolve("product" + inputs + ".onnx"), inputs);
    Answer answer =
        person.upload("/api/v1/models", new Upload("product.onnx", Files.readAllBytes(file)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().path("id").asText();
  }

  private String path(String rest) {
    return "/api/v1/models/" + model + rest;
  }

  private Answer hold(String input, String name, byte[] content) {
    return person.upload(path("/held?input=" + input), new Upload(name, content));
  }

  private JsonNode slot(int i) {
    return person.get(path("/input")).json().path("inputs").path(i);
  }

  private JsonNode best(byte[] image) {
    String id = person.image("x.png", image);
    return person
        .post(path("/predictions"), Map.of("images", List.of(id)))
        .json()
        .at("/predictions/0");
  }

  @Test
  void aModelThatAsksForInputsIsThereAndSaysSo() {
    JsonNode told = person.get(path("")).json();
    assertThat(told.path("state").asText()).isEqualTo("failed");
    assertThat(told.path("asksForInputs").asBoolean()).isTrue();
    assertThat(slot(0).path("explained").asBoolean()).isTrue();
    assertThat(slot(1).path("takesImages").asBoolean()).isTrue();
    assertThat(slot(1).has("holds")).isFalse();
    assertThat(person.get(path("/held?input=b")).status()).isEqualTo(404);
  }

  @Test
  void anInputHoldsAnImageThatIsSentAndThenAnother() {
    Answer held = hold("b", "red.png", RED);
    assertThat(held.json().path("state").asText()).as(held.text()).isEqualTo("ready");
    assertThat(slot(1).path("holds").asText()).isEqualTo("red.png");
    assertThat(best(WHITE).path("index").asInt()).as("white times red").isZero();
    byte[] png = person.get(path("/held?input=b")).body();
    assertThat(Pictures.read(png).getRGB(3, 3)).isEqualTo(Color.RED.getRGB());
    String given = person.get(path("")).json().path("given").asText();

    assertThat(hold("b", "blue.png", Pictures.png(8, 8, Color.BLUE)).status()).isEqualTo(200);
    assertThat(best(WHITE).path("index").asInt()).as("white times blue").isEqualTo(2);
    assertThat(person.get(path("")).json().path("given").asText())
        .as("maps of before are of something else")
        .isNotEqualTo(given);
  }

  @Test
  void anotherInputIsExplained() {
    String red = person.image("red.png", RED);
    Answer held = person.patch(path("/held"), "{\"input\":\"b\",\"image\":\"" + red + "\"}");
    assertThat(held.json().path("state").asText()).as(held.text()).isEqualTo("ready");
    Answer changed = person.patch(path("/held"), "{\"input\":\"b\",\"explained\":true}");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(slot(1).path("explained").asBoolean()).isTrue();
    assertThat(slot(0).path("holds").asText()).isEqualTo("red.png");
    assertThat(best(WHITE).path("index").asInt()).isZero();
  }

  @Test
  void severalInputsAreFilledOneAfterAnother() throws IOException {
    model = opened(3);
    Answer first = hold("c", "white.png", WHITE);
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(first.json().path("state").asText()).isEqualTo("failed");
    assertThat(slot(2).path("holds").asText()).isEqualTo("white.png");
    assertThat(hold("b", "red.png", RED).json().path("state").asText()).isEqualTo("ready");
    assertThat(best(WHITE).path("index").asInt()).isZero();
  }

  @Test
  void anArrayIsHeldAsItIs() throws IOException {
    Path file = folder.resolve("green.npy");
    float[] green = new float[48];
    for (int i = 1; i < 48; i += 3) {
      green[i] = 1;
    }
    NpyFile.write(file, Tensor.of(green, 1, 4, 4, 3));
    assertThat(hold("b", "green.npy", Files.readAllBytes(file)).status()).isEqualTo(200);
    assertThat(best(WHITE).path("index").asInt()).isEqualTo(1);
  }

  @Test
  void whatCannotBeHeldIsRefusedAndLeavesNothingBehind() throws IOException {
    assertThat(hold("b", "red.png", RED).status()).isEqualTo(200);
    Set<String> before = SERVER.storedFiles();
    byte[] text = "no image".getBytes(StandardCharsets.UTF_8);
    Answer refused = hold("b", "words.txt", text);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).contains("words.txt").doesNotContain("/tmp");
    assertThat(hold("b", "cut.png", Arrays.copyOf(RED, 40)).status()).isEqualTo(422);
    Answer explained = hold("a", "red.png", RED);
    assertThat(explained.status()).isEqualTo(422);
    assertThat(explained.problem()).contains("Explain another one first");
    assertThat(hold("nix", "red.png", RED).status()).isEqualTo(404);
    assertThat(person.patch(path("/held"), "{\"input\":\"b\"}").status()).isEqualTo(400);
    assertThat(person.patch(path("/held"), "{\"input\":\"b\",\"image\":\"x\"}").status())
        .isEqualTo(404);
    assertThat(person.patch(path("/held"), "{\"image\":\"x\"}").status()).isEqualTo(400);
    assertThat(SERVER.storedFiles()).isEqualTo(before);
    assertThat(slot(1).path("holds").asText()).isEqualTo("red.png");
  }

  @Test
  void whatInputsHoldHasTheLimitsOfImages() {
    byte[] large = Pictures.png(1100, 1000, Color.RED);
    assertThat(large.length).isLessThan((int) TestServer.MAX_UPLOAD);
    Answer sent = hold("b", "large.png", large);
    assertThat(sent.status()).as(sent.text()).isEqualTo(422);
    assertThat(sent.problem()).contains("large.png").contains("1.0 megapixels");
    Answer said = configured("held: {b: large.png}", new Upload("large.png", large));
    assertThat(said.status()).as(said.text()).isEqualTo(422);
  }

  /** Sends a configuration that says so of the model, with pictures beside it. */
  private Answer configured(String said, Upload... beside) {
    String yaml = "models:\n  - path: product.onnx\n    " + said + "\n";
    List<Upload> files = new ArrayList<>(List.of(beside));
    files.add(new Upload("picasso.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
    return person.upload(path("/input/files"), files.toArray(Upload[]::new));
  }

  @Test
  void aConfigurationThatComesLaterSaysWhatInputsHold() {
    Answer held = configured("held: {b: red.png}", new Upload("red.png", RED));
    assertThat(held.json().path("state").asText()).as(held.text()).isEqualTo("ready");
    assertThat(slot(1).path("holds").asText()).isEqualTo("red.png");
    assertThat(best(WHITE).path("index").asInt()).as("white times red").isZero();

    assertThat(configured("top: 2").status()).as("one that says nothing of it").isEqualTo(200);
    Answer kept = configured("held: {b: red.png}");
    assertThat(kept.json().path("leftOut").toString()).contains("b of the configuration");
    assertThat(slot(1).path("holds").asText()).isEqualTo("red.png");

    byte[] blue = Pictures.png(8, 8, Color.BLUE);
    Answer turned = configured("held: {a: blue.png}", new Upload("blue.png", blue));
    assertThat(turned.status()).as(turned.text()).isEqualTo(200);
    assertThat(slot(0).path("holds").asText()).isEqualTo("blue.png");
    assertThat(slot(1).path("explained").asBoolean()).isTrue();
    assertThat(best(WHITE).path("index").asInt()).as("blue times white").isEqualTo(2);
  }

  @Test
  void whatAConfigurationGivesAnInputIsCheckedAndItsWeightsAreLeftOut() throws IOException {
    assertThat(hold("b", "red.png", RED).status()).isEqualTo(200);
    Set<String> before = SERVER.storedFiles();
    Upload cut = new Upload("cut.png", Arrays.copyOf(RED, 40));
    Answer refused = configured("held: {b: cut.png}", cut);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).contains("cut.png").doesNotContain("/tmp");
    assertThat(SERVER.storedFiles()).isEqualTo(before);
    assertThat(slot(1).path("holds").asText()).isEqualTo("red.png");
    Answer weighed = configured("weights: w.h5", new Upload("w.h5", new byte[] {1}));
    assertThat(weighed.json().path("state").asText()).as(weighed.text()).isEqualTo("ready");
    assertThat(weighed.json().path("leftOut").toString()).contains("'weights'");
  }

  @Test
  void aColleagueWhoRepeatsARunHasWhatItsInputsHeld() {
    assertThat(hold("b", "red.png", RED).status()).isEqualTo(200);
    String image = person.image("white.png", WHITE);
    Map<String, Object> order =
        Map.of("model", model, "visualization", "class-probabilities", "images", List.of(image));
    String run = person.post("/api/v1/runs", order).json().path("id").asText();
    JsonNode before = person.ended(run);
    String repeat = "/api/v1/runs/" + run + "/repeat";

    Client colleague = SERVER.person();
    JsonNode started = colleague.post(repeat, "").json();
    String theirs = "/api/v1/models/" + started.path("model").asText();
    JsonNode again = colleague.ended(started.path("id").asText());
    assertThat(again.at("/images/0/predictions")).isEqualTo(before.at("/images/0/predictions"));
    assertThat(again.path("given")).as("the same").isEqualTo(before.path("given"));
    JsonNode once = colleague.post(repeat, "").json();
    assertThat(once.path("model")).as("no second copy").isEqualTo(started.path("model"));
    person.post("/api/v1/session/reset", "");
    assertThat(colleague.get(theirs + "/held?input=b").status()).isEqualTo(200);
  }

  @Test
  void aModelOfOneInputHasNoSlots() {
    assertThat(person.get("/api/v1/models/colours/input").json().path("inputs")).isEmpty();
    assertThat(
            person
                .upload("/api/v1/models/colours/held?input=x", new Upload("red.png", RED))
                .status())
        .isEqualTo(404);
  }
}
