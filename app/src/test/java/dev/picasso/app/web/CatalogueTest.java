package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.catalogue.Catalogue;
import dev.picasso.catalogue.CatalogueEntry;
import dev.picasso.catalogue.Downloader;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.catalogue.Publisher;
import dev.picasso.catalogue.StandIn;
import dev.picasso.model.config.Allowance;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.model.config.Sharing;
import dev.picasso.visualization.Visualizations;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that the server gets for its visitors. */
class CatalogueTest {
  private static final byte[] LABELS = StandIn.labels("red", "green", "blue");

  @TempDir Path folder;

  private final Publisher publisher = Publisher.open();
  private Optional<PicassoServer> server = Optional.empty();

  @AfterEach
  void close() {
    publisher.close();
    server.ifPresent(PicassoServer::close);
  }

  private Client serve(String host, Optional<Boolean> pull) throws IOException {
    byte[] model = Files.readAllBytes(ColourModel.write(folder.resolve("colours.onnx")));
    ModelStore store =
        new ModelStore(
            new Catalogue(
                List.of(
                    entry("quick", model, Publisher::well),
                    entry("stalling", model, publisher::stall),
                    entry("gone", model, Publisher.status(404)))),
            folder.resolve("models"),
            Downloader.standard());
    ServerSettings settings =
        new ServerSettings(
            host,
            0,
            1 << 20,
            1_000_000,
            Duration.ofHours(1),
            pull,
            ServerSettings.Bounds.defaults(),
            ServerSettings.Keeping.defaults(),
            new Sharing(Sharing.Access.ANYBODY, List.of(), Allowance.defaults()));
    PicassoServer started =
        PicassoServer.start(
            new ServerOptions(
                "Picasso",
                settings,
                List.of(),
                store,
                Visualizations.builtIn(),
                TestServer.LIMITS));
    server = Optional.of(started);
    return new Client(started.address());
  }

  private Client serve() throws IOException {
    return serve("127.0.0.1", Optional.empty());
  }

  private CatalogueEntry entry(String name, byte[] model, Publisher.Manner manner) {
    return StandIn.entry(
        name,
        publisher.file(name + ".onnx", model, manner),
        publisher.file(name + ".txt", LABELS, Publisher::well),
        4);
  }

  private static JsonNode listed(Client person, String name) {
    for (JsonNode model : person.get("/api/v1/catalogue").json().path("models")) {
      if (model.path("name").asText().equals(name)) {
        return model;
      }
    }
    throw new AssertionError(name);
  }

  private static Client.Answer pull(Client person, String name) {
    return person.post("/api/v1/catalogue/" + name, "");
  }

  /** The data of the last event; the stream ends with the download. */
  private static JsonNode end(Client person, String name) throws IOException {
    String events = person.get("/api/v1/catalogue/" + name + "/events").text();
    assertThat(events).contains("event: end\n");
    String data = events.substring(events.lastIndexOf("data: ") + "data: ".length());
    return new com.fasterxml.jackson.databind.ObjectMapper().readTree(data);
  }

  @Test
  void aModelIsGotOnceAndIsThenEverybodys() throws IOException {
    Client person = serve();
    JsonNode before = listed(person, "quick");
    assertThat(before.path("state").asText()).isEqualTo("away");
    assertThat(before.path("size").asLong()).isPositive();
    assertThat(before.path("hosts").path(0).asText()).isEqualTo("127.0.0.1");
    assertThat(publisher.asked()).isEmpty();

    assertThat(pull(person, "quick").status()).isEqualTo(202);
    JsonNode end = end(person, "quick");
    assertThat(end.path("state").asText()).isEqualTo("here");
    assertThat(end.path("bytes").asLong()).isEqualTo(end.path("size").asLong());
    assertThat(end.path("model").asText()).isEqualTo("quick");

    Client other = new Client(server.orElseThrow().address());
    JsonNode model = other.get("/api/v1/models/quick").json();
    assertThat(model.path("state").asText()).isEqualTo("ready");
    assertThat(model.path("classes"))
        .extracting(JsonNode::asText)
        .containsExactly("red", "green", "blue");
    pull(other, "quick");
    assertThat(end(other, "quick").path("state").asText()).isEqualTo("here");
    assertThat(publisher.asked()).containsExactly("/quick.txt", "/quick.onnx");
  }

  @Test
  void startingOverKeepsIt() throws IOException {
    Client person = serve();
    pull(person, "quick");
    end(person, "quick");
    person.post("/api/v1/session/reset", "");
    assertThat(listed(person, "quick").path("state").asText()).isEqualTo("here");
    assertThat(person.get("/api/v1/models/quick").status()).isEqualTo(200);
  }

  @Test
  void aFailureIsToldAndCanBeTriedAgain() throws IOException {
    Client person = serve();
    pull(person, "gone");
    JsonNode end = end(person, "gone");
    assertThat(end.path("state").asText()).isEqualTo("failed");
    assertThat(end.path("problem").asText()).contains("answers 404");
    assertThat(person.get("/api/v1/models/gone").status()).isEqualTo(404);
    pull(person, "gone");
    assertThat(end(person, "gone").path("state").asText()).isEqualTo("failed");
  }

  @Test
  void onlyWhoAskedForItMayCancel() throws IOException {
    Client person = serve();
    pull(person, "stalling");
    Client other = new Client(server.orElseThrow().address());
    assertThat(other.delete("/api/v1/catalogue/stalling").status()).isEqualTo(403);
    assertThat(listed(person, "stalling").path("state").asText()).isEqualTo("pulling");
    assertThat(person.delete("/api/v1/catalogue/stalling").status()).isEqualTo(200);
    assertThat(end(person, "stalling").path("state").asText()).isEqualTo("cancelled");
    assertThat(other.delete("/api/v1/catalogue/quick").problem())
        .isEqualTo("quick is not being downloaded.");
  }

  @Test
  void closingTheServerEndsWhatIsOnItsWay() throws IOException {
    Client person = serve();
    pull(person, "stalling");
    server.orElseThrow().close();
    server = Optional.empty();
    try (Stream<Path> files = Files.walk(folder.resolve("models"))) {
      assertThat(files.map(f -> String.valueOf(f.getFileName()))).doesNotContain("picasso.yaml");
    }
  }

  @ParameterizedTest
  @CsvSource({"..%2F..%2Fetc", "http:%2F%2Fmodels.example%2Fm", "nix"})
  void onlyNamesOfTheCatalogueAreKnown(String name) throws IOException {
    Client.Answer answer = pull(serve(), name);
    assertThat(answer.status()).isIn(400, 404);
    assertThat(publisher.asked()).isEmpty();
  }

  @Test
  void otherSitesCannotAskForIt() throws IOException {
    Client person = serve();
    Client.Answer answer =
        person.send(
            person
                .request("/api/v1/catalogue/quick")
                .header("Origin", "http://models.example")
                .POST(BodyPublishers.noBody())
                .build());
    assertThat(answer.status()).isEqualTo(403);
    assertThat(publisher.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,,true",
    "localhost,,true",
    "127.0.0.1,false,false",
    "0.0.0.0,,false",
    "0.0.0.0,true,true"
  })
  void visitorsFromElsewhereMayOnlyWhereThatIsSaid(String host, Boolean pull, boolean allowed)
      throws IOException {
    Client person = serve(host, Optional.ofNullable(pull));
    assertThat(person.get("/api/v1/catalogue").json().path("allowed").asBoolean())
        .isEqualTo(allowed);
    Client.Answer answer = pull(person, "quick");
    assertThat(answer.status()).isEqualTo(allowed ? 202 : 403);
    if (!allowed) {
      assertThat(answer.problem()).contains("'pull: true' under 'server:'");
      assertThat(publisher.asked()).isEmpty();
    }
  }
}
