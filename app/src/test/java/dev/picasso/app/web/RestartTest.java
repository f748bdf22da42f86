package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.app.web.Client.Answer;
import dev.picasso.app.web.Client.Upload;
import dev.picasso.run.FileHash;
import dev.picasso.visualization.testkit.TestModel;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People come back to a server that was killed, or ended, and find what they left. */
class RestartTest {
  @TempDir Path folder;

  private OtherProcess server;
  private Client person;

  @BeforeEach
  void start() {
    server = new OtherProcess(folder.resolve("data"), "127.0.0.1");
    server.start();
    person = new Client(server.address());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path data() {
    return folder.resolve("data");
  }

  private static String started(
      Client who, String model, String visualization, List<String> images) {
    Answer answer =
        who.post(
            "/api/v1/runs",
            Map.of("model", model, "visualization", visualization, "images", images));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  private static String image(Client who, String name, Color colour) {
    return who.image(name, Pictures.png(8, 8, colour));
  }

  private static List<String> namesIn(byte[] zip) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  private List<String> folders(String of) throws IOException {
    try (Stream<Path> all = Files.list(data().resolve(of))) {
      return all.map(f -> String.valueOf(f.getFileName())).toList();
    }
  }

  @Test
  void whatInputsHoldOutlivesAKill() throws Exception {
    Path product = HeldTest.product(folder.resolve("product.onnx"), 2);
    person.upload("/api/v1/models", new Upload("product.onnx", Files.readAllBytes(product)));
    Answer held =
        person.upload(
            "/api/v1/models/product/held?input=b",
            new Upload("red.png", Pictures.png(8, 8, Color.RED)));
    assertThat(held.status()).as(held.text()).isEqualTo(200);
    String white = image(person, "white.png", Color.WHITE);

    server.kill();
    server.start();

    JsonNode said =
        person.post("/api/v1/models/product/predictions", Map.of("images", List.of(white))).json();
    assertThat(said.at("/predictions/0/index").asInt(-1)).as(said.toString()).isZero();
    assertThat(person.get("/api/v1/models/product/input").json().at("/inputs/1/holds").asText())
        .isEqualTo("red.png");

    person.delete("/api/v1/models/product");
    server.kill();
    server.start();
    assertThat(person.get("/api/v1/models/product").status()).as("removed").isEqualTo(404);
    assertThat(person.post("/api/v1/models/product/restore", "").status()).isEqualTo(200);
    assertThat(
            person
                .post("/api/v1/models/product/predictions", Map.of("images", List.of(white)))
                .json())
        .isEqualTo(said);
    assertThat(person.get("/api/v1/models/product/input").json().at("/inputs/1/holds").asText())
        .isEqualTo("red.png");
    person.delete("/api/v1/models/product");
    person.post("/api/v1/session/reset", "");
    try (Stream<Path> all = Files.walk(data())) {
      assertThat(all).noneMatch(f -> f.endsWith("red.png"));
    }
  }

  @Test
  void theOtherInputOfAServedModelIsExplainedAfterAKillToo() throws Exception {
    String option = "-D" + OtherProcess.PAIR + "=true";
    server.kill();
    server.start(option);
    String model = "/api/v1/models/pair";
    Client other = new Client(server.address());
    Answer turned = person.patch(model + "/held", "{\"input\":\"b\",\"explained\":true}");
    assertThat(turned.status()).as(turned.text()).isEqualTo(200);
    Answer own =
        other.upload(
            model + "/held?input=b", new Upload("blue.png", Pictures.png(8, 8, Color.BLUE)));
    assertThat(own.status()).as(own.text()).isEqualTo(200);
    Answer ownTurned = other.patch(model + "/held", "{\"input\":\"b\",\"explained\":true}");
    assertThat(ownTurned.status()).as(ownTurned.text()).isEqualTo(200);

    server.kill();
    server.start(option);

    assertThat(heldByFirst(person)).isEqualTo("red.png");
    assertThat(heldByFirst(other)).isEqualTo("blue.png");
  }

  /** What input a of the pair holds, while b is explained. */
  private static String heldByFirst(Client who) {
    assertThat(who.get("/api/v1/models/pair").json().path("state").asText()).isEqualTo("ready");
    JsonNode given = who.get("/api/v1/models/pair/input").json();
    assertThat(given.at("/inputs/1/explained").asBoolean()).as(given.toString()).isTrue();
    return given.at("/inputs/0/holds").asText();
  }

  @Test
  void aKillInTheMiddleOfARunLosesNothingThatWasFinished() throws Exception {
    String red = image(person, "red.png", Color.RED);
    String green = image(person, "green.png", Color.GREEN);
    String blue = image(person, "blue.png", Color.BLUE);
    person.delete("/api/v1/images/" + blue);
    Answer opened =
        person.upload(
            "/api/v1/models",
            new Upload("mine.onnx", Files.readAllBytes(folder.resolve("colours.onnx"))));
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    String finished = started(person, "mine", "saliency", List.of(red, green));
    JsonNode before = person.ended(finished);
    assertThat(before.path("state").asText()).isEqualTo("done");
    String row = person.get("/api/v1/runs/" + finished + "/rows/0").text();
    String array = before.at("/images/0/panels/0/array").asText();
    byte[] numbers = person.get(array).body();
    List<String> names = namesIn(person.get("/api/v1/runs/" + finished + "/results.zip").body());
    assertThat(names).contains("results.json").anyMatch(n -> n.endsWith("-original.png"));
    String atWork = started(person, "mine", "endless", List.of(red));
    assertThat(person.get("/api/v1/runs/" + atWork).json().path("state").asText())
        .isEqualTo("running");

    server.kill();
    server.start();

    assertThat(person.get("/api/v1/images").json().findValuesAsText("id"))
        .containsExactly(red, green);
    assertThat(person.get("/api/v1/images/" + red + "?thumb").status()).isEqualTo(200);
    assertThat(person.get("/api/v1/images/" + red).status()).isEqualTo(200);
    assertThat(person.post("/api/v1/images/" + blue + "/restore", "").status()).isEqualTo(200);
    assertThat(person.get("/api/v1/models").json().findValuesAsText("id"))
        .containsExactly("colours", "mine");
    assertThat(person.get("/api/v1/runs/" + finished).json()).isEqualTo(before);
    assertThat(person.ended(finished)).as("events of a run that is over").isEqualTo(before);
    assertThat(person.get("/api/v1/runs/" + finished + "/rows/0").text()).isEqualTo(row);
    assertThat(person.get(array).body()).isEqualTo(numbers);
    assertThat(person.get("/api/v1/runs").json().findValuesAsText("id")).containsExactly(finished);
    assertThat(person.get("/api/v1/runs/" + atWork).status()).isEqualTo(404);
    assertThat(folders("runs")).as("the half-written one").containsExactly(finished);

    assertThat(namesIn(person.get("/api/v1/runs/" + finished + "/results.zip").body()))
        .isEqualTo(names);

    String again = started(person, "mine", "saliency", List.of(red, green));
    JsonNode repeated = person.ended(again);
    assertThat(person.get(repeated.at("/images/0/panels/0/array").asText()).body())
        .as("the uploaded model computes the same")
        .isEqualTo(numbers);
  }

  @Test
  void ofARunThatWasKilledWhatWasFinishedIsKeptAndTheRestIsRunLater() throws Exception {
    server.kill();
    server.start("-D" + TestVisualizations.Halting.HALTS + "=true");
    List<String> images =
        List.of(
            image(person, "red.png", Color.RED),
            image(person, "green.png", Color.GREEN),
            image(person, "halt.png", Color.BLUE));
    String run = started(person, "colours", "halting", images);
    JsonNode before = person.finished(run, 2);

    server.kill();
    Files.writeString(data().resolve("runs").resolve(run).resolve("r2-original.png"), "half");
    server.start();

    JsonNode after = person.get("/api/v1/runs/" + run).json();
    assertThat(after.path("state").asText()).isEqualTo("interrupted");
    assertThat(after.path("finished").asInt()).isEqualTo(2);
    assertThat(after.path("images")).isEqualTo(before.path("images"));
    assertThat(after.at("/images/2/pending").asBoolean()).isTrue();
    assertThat(folders("runs/" + run))
        .contains("results.json", "run.json", "r0.json", "r1-original.png")
        .doesNotContain("r2-original.png", "journal.jsonl");
    assertThat(person.get("/api/v1/runs").json().at("/runs/0/state").asText())
        .isEqualTo("interrupted");
    assertThat(person.get("/runs").text())
        .contains("interrupted, 2 of 3 images there")
        .contains("data-rest");
    assertThat(person.get("/api/v1/runs/" + run + "/results.json").json().path("images"))
        .hasSize(2);

    Client colleague = new Client(server.address());
    assertThat(colleague.get("/api/v1/runs/" + run + "/rows/1").status()).isEqualTo(200);
    Answer rest = person.post("/api/v1/runs/" + run + "/rest", "");
    assertThat(rest.status()).as(rest.text()).isEqualTo(202);
    JsonNode whole = person.ended(rest.json().path("id").asText());
    assertThat(whole.path("state").asText()).isEqualTo("done");
    assertThat(whole.path("finished").asInt()).isEqualTo(3);
    assertThat(whole.at("/images/0/predictions")).isEqualTo(before.at("/images/0/predictions"));
    assertThat(whole.path("restOf").asText()).isEqualTo(run);
    String listed = person.get("/runs").text();
    assertThat(listed)
        .contains("<a href=\"/runs/" + whole.path("id").asText() + "\">3 of 3 images</a>")
        .doesNotContain("data-rest");
    assertThat(person.get("/runs/" + run).text())
        .contains("the rest was run")
        .doesNotContain("data-rest");

    server.kill();
    server.start();
    assertThat(person.get("/api/v1/runs/" + run).json()).isEqualTo(after);
    assertThat(person.get("/api/v1/runs").json().path("runs")).hasSize(2);
  }

  @Test
  void toFindTheModelOfARunNoOtherIsLoadedAndNoFileReadThatWasKnown() throws Exception {
    byte[] file = Files.readAllBytes(TestModel.COLOUR.write(folder));
    person.upload("/api/v1/models", new Upload("mine.onnx", file));
    String red = image(person, "red.png", Color.RED);
    String run = started(person, "mine", "class-probabilities", List.of(red));
    person.ended(run);
    person.get("/api/v1/models"); // what is known is written with a request
    Client other = new Client(server.address());
    byte[] another = Files.readAllBytes(folder.resolve("colours.onnx"));
    other.upload("/api/v1/models", new Upload("mine.onnx", another));
    try (Stream<Path> all = Files.walk(data().resolve("sessions"))) {
      assertThat(all.filter(f -> f.endsWith("session.json")))
          .anySatisfy(
              f ->
                  assertThat(f)
                      .content()
                      .contains(
                          "\"sha256\":\"" + FileHash.of(TestModel.COLOUR.write(folder)) + "\""));
    }

    server.kill();
    server.start();

    Client third = new Client(server.address());
    Answer again = third.post("/api/v1/runs/" + run + "/repeat", "");
    assertThat(again.status()).as(again.text()).isEqualTo(202);
    third.ended(again.json().path("id").asText());
    assertThat(state(third, "mine")).isEqualTo("ready");
    assertThat(state(other, "mine")).as("another file").isEqualTo("idle");
  }

  private static String state(Client who, String model) {
    for (JsonNode each : who.get("/api/v1/models").json().path("models")) {
      if (each.path("id").asText().equals(model)) {
        return each.path("state").asText();
      }
    }
    return "none";
  }

  @Test
  void aRunThatWasRemovedCanBeRestoredAfterAKill() throws Exception {
    String run =
        started(person, "colours", "saliency", List.of(image(person, "red.png", Color.RED)));
    JsonNode before = person.ended(run);
    assertThat(person.delete("/api/v1/runs/" + run + "/results").status()).isEqualTo(200);

    server.kill();
    server.start();

    assertThat(person.get("/api/v1/runs/" + run).status()).isEqualTo(404);
    assertThat(person.post("/api/v1/runs/" + run + "/restore", "").status()).isEqualTo(200);
    assertThat(person.get("/api/v1/runs/" + run).json()).isEqualTo(before);
  }

  @Test
  void whatAModelIsGivenStaysAsItWasChanged() throws Exception {
    person.upload(
        "/api/v1/models",
        new Upload("mine.onnx", Files.readAllBytes(folder.resolve("colours.onnx"))));
    String given = "/api/v1/models/mine/input";
    assertThat(person.get("/api/v1/models/mine").json().path("state").asText()).isEqualTo("ready");
    JsonNode before =
        person
            .patch(
                given,
                "{\"preprocessing\": {\"preset\": \"tf\", \"color\": \"bgr\"}, \"labels\":"
                    + " \"rot\\ngrün\\nno\", \"head\": \"sigmoid\"}")
            .json();
    assertThat(before.path("words").asText()).contains("bgr; x = s/127.5 - 1");
    String everybodys = "/api/v1/models/colours/input";
    person.get("/api/v1/models/colours");
    person.patch(everybodys, "{\"preprocessing\": {\"pad\": 9}}");

    server.kill();
    server.start();

    assertThat(person.get("/api/v1/models/mine").json().path("state").asText()).isEqualTo("ready");
    assertThat(person.get(given).json()).isEqualTo(before);
    assertThat(person.get("/api/v1/models").json().findValuesAsText("id"))
        .containsExactly("colours", "mine");
    assertThat(person.get("/api/v1/models/colours").json().path("own").asBoolean()).isFalse();
    assertThat(person.get(everybodys).json().at("/preprocessing/pad").asText()).isEqualTo("9");
    Client other = new Client(server.address());
    other.get("/api/v1/models/colours");
    assertThat(other.get(everybodys).json().at("/preprocessing/pad").isMissingNode())
        .as("of somebody else")
        .isTrue();

    assertThat(person.delete("/api/v1/models/colours").status()).isEqualTo(200);
    server.kill();
    server.start();
    person.get("/api/v1/models/colours");
    assertThat(person.get(everybodys).json().at("/preprocessing/pad").isMissingNode())
        .as("taken back")
        .isTrue();
  }

  @Test
  void aServerThatEndsInOrderLeavesTheSame() throws Exception {
    String red = image(person, "red.png", Color.RED);
    String run = started(person, "colours", "class-probabilities", List.of(red));
    JsonNode before = person.ended(run);
    server.end();
    server.start();
    assertThat(person.get("/api/v1/runs/" + run).json()).isEqualTo(before);
    assertThat(person.get("/api/v1/images").json().findValuesAsText("id")).containsExactly(red);
    Client other = new Client(server.address());
    assertThat(other.get("/api/v1/images").json().path("images")).isEmpty();
    assertThat(other.get("/api/v1/images/" + red + "?thumb").status())
        .as("a colleague sees what a run was of")
        .isEqualTo(200);
    assertThat(other.get("/api/v1/images/" + red).status()).isEqualTo(200);
    assertThat(person.delete("/api/v1/images/" + red).status()).isEqualTo(200);
    String theirs = started(other, "colours", "class-probabilities", List.of(red));
    assertThat(other.ended(theirs).path("state").asText())
        .as("an image of a kept run can be explained again")
        .isEqualTo("done");
  }

  @Test
  void uploadsThatDidNotComeToTheirEndAreSweptAndStartingOverStays() throws Exception {
    String red = image(person, "red.png", Color.RED);
    String session = folders("sessions").get(0);
    Files.writeString(data().resolve("sessions").resolve(session).resolve("half.image"), "x");
    Files.createDirectories(data().resolve("sessions/nobody/model"));
    server.kill();
    server.start();
    assertThat(folders("sessions")).containsExactly(session);
    assertThat(folders("sessions/" + session))
        .containsExactlyInAnyOrder(red + ".image", red + ".thumb.png", "session.json");
    assertThat(person.post("/api/v1/session/reset", "").status()).isEqualTo(200);
    server.kill();
    server.start();
    assertThat(person.get("/api/v1/images").json().path("images")).isEmpty();
  }

  @Test
  void aSessionsFileThatIsDamagedHarmsNobodyElse() throws Exception {
    image(person, "red.png", Color.RED);
    String session = folders("sessions").get(0);
    Client other = new Client(server.address());
    String green = image(other, "green.png", Color.GREEN);
    server.kill();
    Files.writeString(
        data().resolve("sessions").resolve(session).resolve("session.json"), "{\"id\": ");
    server.start();
    assertThat(person.get("/api/v1/images").json().path("images")).isEmpty();
    assertThat(other.get("/api/v1/images").json().findValuesAsText("id")).containsExactly(green);
  }
}
