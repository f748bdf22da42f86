package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every route of the description, and the original's, asked for nonsense: values of the wrong kind,
 * names that are none, bodies that are mutilated, bytes. What comes back is an answer in words: no
 * 5xx but those that say what is lacking, no trace, no path of the server.
 */
class NonsenseTest {
  @RegisterExtension static final TestServer SERVER = new TestServer();

  /** The same nonsense at each run; another seed is other nonsense. */
  private static final long SEED = Long.getLong("picasso.nonsense.seed", 7);

  private static final int OF_EACH_ROUTE = 25;

  /** What the server lacks, said in words: turns, another HTTP, and room. */
  private static final Pattern LACKING = Pattern.compile("HTTP/1.1 50[357] (?s).*");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1e999",
          "99999999999999999999",
          "0.5",
          "\"\"",
          "\"x\"",
          "[]",
          "{}",
          "[null]",
          "[[[]]]",
          "{\"a\":{}}",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"../../x\"",
          "\"<script>\"",
          "\"%s%n\"",
          "\"0,0,0,0\"",
          "\"-1,-1,9999,9999\"",
          "[1,2,3,4]",
          "\"NaN\"");

  private static final List<String> NAMES =
      List.of(
          "nix",
          "-1",
          "0",
          "%00",
          "%2e%2e",
          "%2F",
          "..%2f..%2fetc",
          "%F0%9F%98%80",
          "a".repeat(300),
          "%22%3E%3Cscript%3E",
          "results.json",
          "events",
          "99999999999",
          "r0-.png",
          "con");

  private final Random dice = new Random(SEED);
  private final Client person = SERVER.person();
  private String cookie = "";
  private String image = "";
  private String run = "";
  private int taken;

  @BeforeEach
  void somethingIsThere() {
    image = person.image("a.png", Pictures.png(8, 8, Color.RED));
    run =
        person
            .post(
                "/api/v1/runs",
                Map.of("model", "colours", "visualization", "saliency", "images", List.of(image)))
            .json()
            .path("id")
            .asText();
    person.ended(run);
    cookie = person.cookie();
  }

  @Test
  void nonsenseOfEveryRouteIsAnsweredInWords() throws IOException {
    JsonNode description = person.get("/api/v1/openapi.json").json();
    List<String> asked = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String method = operation.getKey().toUpperCase(Locale.ROOT);
        boolean resets = path.getKey().contains("reset");
        boolean keeps = !method.equals("DELETE") && !resets;
        String own = cookie;
        cookie = resets ? "" : own; // else there is nothing left to ask for
        String type =
            operation.getValue().at("/requestBody/content").properties().stream()
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("application/json");
        for (int i = 0; i < OF_EACH_ROUTE; i++) {
          String target = "/api/v1" + filled(path.getKey(), keeps) + query();
          ask(method, target, type, body(description, operation.getValue(), type));
        }
        cookie = own;
        asked.add(method + " " + path.getKey());
      }
    }
    assertThat(asked).hasSizeGreaterThan(25);
    assertThat(taken).as("not all of it stops at the door").isGreaterThan(50);
    assertThat(person.get("/api/v1/images/" + image).status())
        .as("all is still there")
        .isEqualTo(200);
  }

  /** Names are compared with those that there are, and told: neither takes as long as they are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\": \"LONG\"}",
        "{\"model\": \"colours\", \"visualization\": \"LONG\"}",
        "{\"model\": \"colours\", \"visualization\": \"grad-cam\", \"settings\": {\"layer\":"
            + " \"LONG\"}}",
        "{\"model\": \"colours\", \"visualization\": \"grad-cam\", \"settings\": {\"LONG\": 1}}",
        "{\"model\": \"colours\", \"visualization\": \"grad-cam\", \"settings\": {\"LONG\": []}}",
        "{\"model\": \"colours\", \"visualization\": \"partial-occlusion\", \"settings\":"
            + " {\"window\": \"LONG\"}}",
        "{\"model\": \"colours\", \"visualization\": \"occlusion\", \"settings\": {\"fill\":"
            + " \"LONG\"}}",
        "{\"model\": \"colours\", \"visualization\": \"belief\", \"settings\": {\"map\":"
            + " \"LONG\"}}",
        "{\"model\": \"colours\", \"visualization\": \"saliency\", \"top\": \"LONG\"}",
        "{\"model\": \"colours\", \"visualization\": \"saliency\", \"images\": [\"LONG\"]}",
        "{\"LONG\": 1}"
      })
  void aNameOfAMillionLettersIsAnsweredInAFewWords(String order) {
    person.get("/api/v1/models/colours"); // so that it is ready
    String sent = order.replace("LONG", "a".repeat(1_000_000));
    Client.Answer answer = person.post("/api/v1/runs", sent);
    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.text().length()).as("%.200s", answer.text()).isLessThan(6000);
  }

  @Test
  void nonsenseOfTheOriginalsRoutesAndOfThePagesIsAnsweredInWords() throws IOException {
    List<String> routes =
        List.of(
            "/api/visualize?image=X&visualizer=X&window=X",
            "/api/visualize?image=0&visualizer=PartialOcclusion&Window=X&Strides=X",
            "/api/images/X",
            "/api/inputs/X",
            "/api/outputs/X",
            "/api/visualizers/X",
            "/api/app_state?X",
            "/methods/X",
            "/checks/X",
            "/static/X",
            "/static/js/X",
            "/login?next=X",
            "/X",
            "/X/X/X");
    for (String route : routes) {
      for (int i = 0; i < OF_EACH_ROUTE; i++) {
        String target = route;
        while (target.contains("X")) {
          target = target.replaceFirst("X", Matcher.quoteReplacement(one(NAMES)));
        }
        ask("GET", target, "text/plain", "");
      }
    }
  }

  /** Requests that were right, with bytes changed, cut or doubled anywhere. */
  @Test
  void mutilatedRequestsAreAnsweredInWordsOrNotAtAll() throws IOException {
    String order =
        "{\"model\":\"colours\",\"visualization\":\"partial-occlusion\",\"images\":[\"%s\"],\"settings\":{\"perSide\":3}}"
            .formatted(image);
    String part =
        "--x\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n"
            + "PK\u0003\u0004\r\n"
            + "--x--\r\n";
    List<String> whole =
        List.of(
            request("POST", "/api/v1/runs", "application/json", order),
            request("POST", "/api/v1/images", "multipart/form-data; boundary=x", part),
            request("POST", "/api/v1/models", "multipart/form-data; boundary=x", part),
            request("POST", "/api/v1/images/labels", "text/csv", "image,label\na.png,\"x\"\"y\"\n"),
            request("GET", "/api/v1/runs/" + run + "/files/r0-original.png?download", "a/b", ""));
    for (String request : whole) {
      for (int i = 0; i < 80; i++) {
        String sent = mutilated(request);
        check(sent, answer(sent));
      }
    }
  }

  private <T> T one(List<T> values) {
    return values.get(dice.nextInt(values.size()));
  }

  private String query() {
    return dice.nextInt(4) > 0
        ? ""
        : "?"
            + one(List.of("thumb", "download", "labels", "model", "token", "x"))
            + (dice.nextBoolean() ? "" : "=" + one(NAMES));
  }

  /** A path with its parameters: what is there, sometimes, where that cannot be lost. */
  private String filled(String path, boolean keeps) {
    String target = path.equals("/") ? "" : path;
    while (target.contains("{")) {
      String there =
          target.startsWith("/runs") ? run : target.startsWith("/images") ? image : "colours";
      String name = keeps && dice.nextInt(2) == 0 ? there : one(NAMES);
      target = target.replaceFirst("\\{[^}]*}", Matcher.quoteReplacement(name));
    }
    return target;
  }

  private String body(JsonNode description, JsonNode operation, String type) {
    if (!operation.has("requestBody") && dice.nextInt(4) > 0) {
      return "";
    }
    return switch (dice.nextInt(5)) {
      case 0 -> one(VALUES);
      case 1 -> bytes();
      default ->
          type.equals("application/json")
              ? object(description, operation)
              : type.startsWith("multipart")
                  ? "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                      + one(List.of("a.png", "a.zip", "../x", "", "%00", "a.onnx"))
                      + "\"\r\n\r\n"
                      + one(List.of("", "PK\u0003\u0004", "\u0089PNG\r\n\u001a\n", "{}", bytes()))
                      + "\r\n--x--\r\n"
                  : one(List.of("a,b", "a.png,x", "\"", "\",\"", ",,,", bytes()));
    };
  }

  /** An object with the names that the description has, and values of any kind. */
  private String object(JsonNode description, JsonNode operation) {
    String reference = operation.at("/requestBody/content/application~1json/schema/$ref").asText();
    JsonNode schema =
        reference.isEmpty() ? description.path("nix") : description.at(reference.substring(1));
    JsonNode shape =
        schema.has("oneOf")
            ? schema.at("/oneOf/" + dice.nextInt(schema.path("oneOf").size()))
            : schema;
    List<String> members = new ArrayList<>();
    shape
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String right = right(property.getKey(), property.getValue());
              members.add(
                  "\"" + property.getKey() + "\":" + (dice.nextInt(3) > 0 ? right : one(VALUES)));
            });
    return "{" + String.join(",", members) + "}";
  }

  private String right(String name, JsonNode schema) {
    return switch (name) {
      case "model" -> "\"colours\"";
      case "image" -> "\"" + image + "\"";
      case "images" -> "[\"" + image + "\"]";
      case "visualization" -> "\"" + schema.path("const").asText("saliency") + "\"";
      case "settings" ->
          "{\""
              + one(List.of("steps", "masks", "window", "layer", "x"))
              + "\":"
              + one(VALUES)
              + "}";
      default -> one(VALUES);
    };
  }

  private String bytes() {
    byte[] bytes = new byte[dice.nextInt(200)];
    dice.nextBytes(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private String mutilated(String request) {
    StringBuilder text = new StringBuilder(request);
    for (int i = dice.nextInt(3); i >= 0; i--) {
      int at = dice.nextInt(text.length());
      switch (dice.nextInt(4)) {
        case 0 -> text.setCharAt(at, (char) dice.nextInt(256));
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, text.charAt(at));
        default -> text.setLength(Math.max(1, at));
      }
    }
    return text.toString();
  }

  private String request(String method, String target, String type, String body) {
    return "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(method, target, cookie, type, body.length(), body);
  }

  private void ask(String method, String target, String type, String body) throws IOException {
    String sent = type.startsWith("multipart") ? type + "; boundary=x" : type;
    String request = request(method, target, sent, body);
    check(request, answer(request));
  }

  /** What comes back when nothing more is sent; nothing where the connection is broken. */
  private static String answer(String request) throws IOException {
    try (RawSocket socket = new RawSocket(SERVER.address())) {
      return socket.send(request).end().answer();
    } catch (java.net.SocketException e) {
      return "";
    }
  }

  private void check(String request, String answer) {
    String asked = URLEncoder.encode(request, StandardCharsets.ISO_8859_1);
    if (answer.isEmpty()) {
      return; // what is no request at all
    }
    taken += answer.startsWith("HTTP/1.1 2") ? 1 : 0;
    boolean lacks = LACKING.matcher(answer).matches();
    if (!lacks) {
      assertThat(answer).as(asked).containsPattern("^HTTP/1.1 [1-4]\\d\\d ");
    }
    assertThat(answer)
        .as(asked)
        .doesNotContain("This is a fault", "\tat ", "Exception", "java.", "/tmp/", "NullPointer");
  }
}
