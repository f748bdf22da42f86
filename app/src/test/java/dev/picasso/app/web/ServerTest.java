package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.PicassoException;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.visualization.Visualizations;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  /** A part of every answer. */
  private static final String SAFE = "Content-Security-Policy: default-src 'self'";

  private final Client person = SERVER.person();

  @Test
  void thePageComesWithItsFilesAndAPolicy() {
    Client.Answer page = person.get("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("<title>Picasso</title>");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("Set-Cookie")).as("nothing is stored yet").isEmpty();
    Client.Answer style = person.get("/static/picasso.css");
    assertThat(style.header("Content-Type")).startsWith("text/css");
    Client.Answer again =
        person.send(
            person
                .request("/static/picasso.css")
                .header("If-None-Match", style.header("ETag"))
                .build());
    assertThat(again.status()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/static/nix.js",
        "/static/../PicassoServer.class",
        "/static/%2e%2e/PicassoServer.class",
        "/static/..%2fPicassoServer.class",
        "/static/js",
        "/static//etc/passwd",
        "/nix"
      })
  void nothingButThePagesFilesCanBeHad(String path) {
    assertThat(person.get(path).status()).isIn(400, 404);
  }

  @Test
  void unknownAddressesOfTheInterfaceAreAnsweredAsJson() {
    Client.Answer answer = person.get("/api/v1/nix");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().at("/error/status").asInt()).isEqualTo(404);
    assertThat(person.delete("/api/v1/models").status()).isEqualTo(405);
  }

  @Test
  void whatAnAddressTakesIsToldToWhoAsksOtherwise() throws IOException {
    assertThat(raw("PUT /api/v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
        .contains("Allow: GET, HEAD, POST")
        .contains("/api/v1/models does not take PUT; it takes GET, HEAD, POST.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/v1/models", "/api/v1/models/nix", "/api/v1/images/nix", "/api/v1/runs/a.b"})
  void onlyTheHeadersOfAnAnswerCanBeHad(String path) throws IOException {
    String rest = " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    String whole = raw("GET " + path + rest);
    String head = raw("HEAD " + path + rest);
    assertThat(head.lines().findFirst()).isEqualTo(whole.lines().findFirst());
    assertThat(header(head, "Content-Length"))
        .isPresent()
        .isEqualTo(header(whole, "Content-Length"));
    assertThat(head).endsWith("\r\n\r\n");
  }

  private static Optional<String> header(String answer, String name) {
    return answer.lines().filter(line -> line.startsWith(name + ":")).findFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 200",
    "localhost:1234, 200",
    "[::1]:80, 200",
    "rebound.example, 403",
    "127.0.0.1.rebound.example, 403",
    "'', 403"
  })
  void strangeNamesOfThisMachineGetNothing(String host, int expected) throws IOException {
    assertThat(raw("GET /api/v1 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 " + (host.isEmpty() ? "" : expected));
  }

  static Stream<Arguments> answersOfAllKinds() {
    String host = "Host: 127.0.0.1\r\nConnection: close\r\n\r\n";
    String post = "POST /api/v1/runs HTTP/1.1\r\nContent-Length: ";
    return Stream.of(
        Arguments.of(200, "GET / HTTP/1.1\r\n" + host),
        Arguments.of(200, "HEAD / HTTP/1.1\r\n" + host),
        Arguments.of(404, "HEAD /nix HTTP/1.1\r\n" + host),
        Arguments.of(405, "OPTIONS /api/v1/models HTTP/1.1\r\n" + host),
        Arguments.of(404, "OPTIONS * HTTP/1.1\r\n" + host),
        Arguments.of(405, "TRACE / HTTP/1.1\r\n" + host),
        Arguments.of(405, "PUT /api/v1/runs HTTP/1.1\r\n" + host),
        Arguments.of(403, "GET / HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n"),
        Arguments.of(400, post + "2\r\n" + host + "no"),
        Arguments.of(400, post + "2\r\nContent-Type: a/b; charset=nix\r\n" + host + "{}"),
        Arguments.of(400, post + "-1\r\n" + host),
        // One byte too many: of more the line may be cut before all of it is written.
        Arguments.of(413, post + "1048577\r\n" + host + " ".repeat(1_048_577)),
        Arguments.of(417, post + "2\r\nExpect: wonders\r\n" + host + "{}"),
        Arguments.of(
            400, "POST /api/v1/runs HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + host + "zz\r\n"),
        Arguments.of(415, "POST /api/v1/images HTTP/1.1\r\nContent-Length: 2\r\n" + host + "{}"));
  }

  @ParameterizedTest
  @MethodSource("answersOfAllKinds")
  void everyAnswerIsSafeToShow(int status, String request) throws IOException {
    assertThat(raw(request))
        .startsWith("HTTP/1.1 " + status)
        .contains(SAFE)
        .doesNotContain("Set-Cookie")
        .doesNotContain("This is a fault");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\n",
        "Sec-WebSocket-Version: 13\r\n",
        "sec-websocket-key: x\r\n",
        "Upgrade: chat, WebSocket\r\n"
      })
  void webSocketsAreRefused(String headers) throws IOException {
    for (String target : List.of("127.0.0.1", "other.example")) {
      for (String path : List.of("/", "/api/v1/runs/x/events", "/nix")) {
        assertThat(
                raw(
                    ("GET "
                            + path
                            + " HTTP/1.1\r\nHost: "
                            + target
                            + "\r\nConnection: Upgrade, close\r\n")
                        + headers
                        + "\r\n"))
            .startsWith("HTTP/1.1 400 ")
            .contains("There are no web sockets here", SAFE)
            .doesNotContain("Set-Cookie")
            .doesNotContain("JSESSIONID");
      }
    }
  }

  @Test
  void aVisitThatStoresNothingGetsNoCookieAndOneThatDoesGetsOne() throws IOException {
    Client.Answer order = person.post("/api/v1/runs", "{}");
    assertThat(order.status()).isEqualTo(400);
    List<Client.Answer> nothing =
        List.of(
            order,
            person.get("/"),
            person.get("/api/v1/images"),
            person.get("/api/v1/models/colours"),
            person.get("/api/reset"),
            person.post("/api/v1/session/reset", ""),
            person.upload("/api/v1/images", new Client.Upload("a.png", new byte[] {1})));
    assertThat(nothing).allMatch(a -> a.header("Set-Cookie").isEmpty());
    Client.Upload image = new Client.Upload("a.png", Pictures.png(2, 2, java.awt.Color.RED));
    Client.Answer stored = person.upload("/api/v1/images", image);
    assertThat(stored.header("Set-Cookie")).contains("HttpOnly").contains("SameSite=Strict");
    assertThat(person.upload("/api/v1/images", image).header("Set-Cookie")).isEmpty();
    assertThat(person.get("/api/v1/images").json().path("images")).hasSize(2);
  }

  /** A browser sends no strict cookie along with a link; the answer must not replace it. */
  @Test
  void aLinkFromAnotherSiteLeavesThePersonsWorkAlone() throws IOException {
    person.image("a.png", Pictures.png(2, 2, java.awt.Color.RED));
    for (String path : List.of("/", "/?model=colours", "/api/v1/images", "/nix", "/api")) {
      Client.Answer visit =
          SERVER
              .person()
              .send(
                  person
                      .request(path)
                      .header("Sec-Fetch-Site", "cross-site")
                      .header("Sec-Fetch-Mode", "navigate")
                      .build());
      assertThat(visit.header("Set-Cookie")).as(path).isEmpty();
    }
    assertThat(person.get("/api/v1/images").json().path("images")).hasSize(1);
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", SERVER.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void otherWebSitesCannotChangeAnything() {
    for (String[] header :
        new String[][] {
          {"Origin", "http://other.example"},
          {"Origin", "null"},
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"}
        }) {
      assertThat(
              person
                  .send(
                      person
                          .request("/api/v1/session/reset")
                          .header(header[0], header[1])
                          .POST(BodyPublishers.noBody())
                          .build())
                  .status())
          .isEqualTo(403);
      for (String path :
          List.of("/api/reset", "/api/reset/", "/api/visualize?image=0", "/api/visualize/")) {
        assertThat(person.send(person.request(path).header(header[0], header[1]).build()).status())
            .as(path)
            .isEqualTo(403);
      }
    }
    assertThat(
            person
                .send(
                    person
                        .request("/api/v1/session/reset")
                        .header("Origin", SERVER.address())
                        .POST(BodyPublishers.noBody())
                        .build())
                .status())
        .isEqualTo(200);
  }

  @Test
  void aLargeRequestThatIsNoUploadIsRefused() {
    Client.Answer answer =
        person.post("/api/v1/runs", "{\"model\": \"" + "x".repeat(2 << 20) + "\"}");
    assertThat(answer.status()).isEqualTo(413);
  }

  static Stream<Arguments> nonsense() {
    String host = "Host: 127.0.0.1\r\nConnection: close\r\n\r\n";
    return Stream.of(
        Arguments.of("a broken escape", 400, "GET /%zz HTTP/1.1\r\n" + host),
        Arguments.of("half an escape", 400, "GET /% HTTP/1.1\r\n" + host),
        Arguments.of("no UTF-8", 400, "GET /api/v1/models/%ff HTTP/1.1\r\n" + host),
        Arguments.of("overlong UTF-8", 400, "GET /%c0%ae%c0%ae/ HTTP/1.1\r\n" + host),
        Arguments.of("half a character", 400, "GET /api/v1/models/%e2%82 HTTP/1.1\r\n" + host),
        Arguments.of("a surrogate", 400, "GET /%ed%a0%80 HTTP/1.1\r\n" + host),
        Arguments.of("UTF-16", 400, "GET /api/v1/models/%u002e HTTP/1.1\r\n" + host),
        Arguments.of("UTF-16 of two dots", 400, "GET /%u002e%u002e/ HTTP/1.1\r\n" + host),
        Arguments.of("a null", 400, "GET /a%00b HTTP/1.1\r\n" + host),
        Arguments.of("two dots", 400, "GET /api/v1/%2e%2e/ HTTP/1.1\r\n" + host),
        Arguments.of("a slash in a name", 400, "GET /api/v1/models/a%2fb HTTP/1.1\r\n" + host),
        Arguments.of("a backslash", 400, "GET /api/v1/models/a%5cb HTTP/1.1\r\n" + host),
        Arguments.of("a control character", 400, "GET /a\u0001b HTTP/1.1\r\n" + host),
        Arguments.of("no method", 400, "\u0016\u0003\u0001\u0002\r\n\r\n"),
        Arguments.of("a folded header", 400, "GET / HTTP/1.1\r\nX: a\r\n b\r\n" + host),
        Arguments.of("a port of letters", 400, "GET / HTTP/1.1\r\nHost: 127.0.0.1:abc\r\n\r\n"),
        Arguments.of("another HTTP", 505, "GET / HTTP/3.0\r\n" + host),
        Arguments.of("HTTP/2", 426, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Arguments.of("DELETE of it", 400, "DELETE /%zz HTTP/1.1\r\n" + host),
        Arguments.of("a way out", 400, "GET /../../etc/passwd HTTP/1.1\r\n" + host),
        Arguments.of("no host", 400, "GET /api HTTP/1.1\r\nConnection: close\r\n\r\n"),
        Arguments.of("two hosts", 400, "GET /api HTTP/1.1\r\nHost: localhost\r\n" + host),
        Arguments.of("a long address", 414, "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + host),
        Arguments.of(
            "a long header", 431, "GET / HTTP/1.1\r\nX: " + "a".repeat(20_000) + "\r\n" + host),
        Arguments.of(
            "two lengths",
            400,
            "POST /api/v1/runs HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n" + host));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nonsense")
  void nonsenseOnTheWireIsAnsweredAsJson(String what, int status, String request)
      throws IOException {
    String answer = raw(request);
    assertThat(answer).startsWith("HTTP/1.1 " + status);
    JsonNode json = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
    // An address that cannot be read is none of the original's.
    boolean original = request.contains(" /api ");
    JsonNode code = original ? json.path("code") : json.at("/error/status");
    assertThat(code.asInt()).as(answer).isEqualTo(status);
    assertThat(answer).contains("The request cannot be read: ").doesNotContain("\tat ");
    assertThat(answer).contains(SAFE).doesNotContain("Set-Cookie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%ff", "/%c0%ae%c0%ae/"})
  void aBrowserIsToldOnAPageThatAnAddressCannotBeRead(String path) throws IOException {
    String answer =
        raw(
            "GET "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html,*/*\r\n"
                + "Connection: close\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("text/html; charset=utf-8", "<html lang=\"en\"", "The request cannot be read: ")
        .contains(SAFE);
  }

  @Test
  void visualizationsCarryTheirSettings() {
    JsonNode all = person.get("/api/v1/visualizations").json().path("visualizations");
    JsonNode occlusion =
        java.util.stream.StreamSupport.stream(all.spliterator(), false)
            .filter(v -> v.path("id").asText().equals("partial-occlusion"))
            .findFirst()
            .orElseThrow();
    assertThat(occlusion.at("/reference/url").asText()).contains("arxiv.org");
    JsonNode window = occlusion.at("/settings/0");
    assertThat(window.path("kind").asText()).isEqualTo("number");
    assertThat(window.path("min").asDouble()).isEqualTo(.01);
    assertThat(window.path("suggested")).hasSize(6);
  }

  @Test
  void coloursAreGivenForColourBars() {
    JsonNode colours = person.get("/api/v1/colours").json();
    assertThat(colours.path("inferno")).hasSize(33);
    assertThat(colours.at("/inferno/0").asText()).isEqualTo("#000004");
    assertThat(colours.has("diverging")).isTrue();
  }

  @Test
  void theDescriptionCoversEveryRouteAndEveryReferenceInItLeadsSomewhere() {
    JsonNode description = person.get("/api/v1/openapi.json").json();
    assertThat(description.path("openapi").asText()).startsWith("3.1");
    List<String> paths = new ArrayList<>();
    description.path("paths").fieldNames().forEachRemaining(paths::add);
    assertThat(paths)
        .contains("/", "/models", "/models/{id}", "/images", "/images/{id}/restore", "/runs")
        .contains("/runs/{id}/events", "/runs/{id}/files/{name}", "/session/reset");
    List<String> references = description.findValuesAsText("$ref");
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(description.at(reference.substring(1)).isObject()).as(reference).isTrue();
    }
    JsonNode settings = description.at("/components/schemas/Settings-partial-occlusion/properties");
    assertThat(settings.at("/window/maximum").asDouble()).isEqualTo(.9);
    assertThat(settings.at("/fill/enum")).hasSize(3);
    assertThat(description.at("/components/schemas/Settings-good-plugin").isObject()).isTrue();
  }

  @Test
  void theGuideNamesEveryRoute() throws IOException {
    String guide = Files.readString(Path.of("../docs/api.md"));
    JsonNode paths = person.get("/api/v1/openapi.json").json().path("paths");
    assertThat(paths).isNotEmpty();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            assertThat(guide)
                                .contains(
                                    "| `"
                                        + method.toUpperCase(Locale.ROOT)
                                        + " "
                                        + path.getKey()
                                        + "` |")));
  }

  @Test
  void aPortInUseIsToldWithTheRemedy() {
    ServerSettings taken = ServerSettings.defaults().withPort(Optional.of(SERVER.port()));
    ServerOptions options =
        new ServerOptions(
            "Picasso",
            taken,
            List.of(),
            ModelStore.standard(),
            Visualizations.builtIn(),
            TestServer.LIMITS);
    assertThatThrownBy(() -> PicassoServer.start(options))
        .isInstanceOf(PicassoException.class)
        .hasMessageContaining("Port " + SERVER.port())
        .hasMessageContaining("--port");
  }
}
