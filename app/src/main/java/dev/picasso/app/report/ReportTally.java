package dev.picasso.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.run.Tally;
import dev.picasso.run.TallyWords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How often a model is right, as templates and lists of facts say it. */
final class ReportTally {
  private ReportTally() {}

  /** What a template is given; empty where results do not say what images truly show. */
  static Optional<Map<String, Object>> of(JsonNode header) {
    JsonNode tally = header.path(Tally.FIELD);
    if (!tally.isObject()) {
      return Optional.empty();
    }
    List<Map<String, Object>> confusions = new ArrayList<>();
    for (JsonNode confusion : tally.path("confusions")) {
      confusions.add(
          Map.of(
              "truth", confusion.at("/truth/label").asText(),
              "told", confusion.at("/told/label").asText(),
              "pair",
                  confusion.at("/truth/index").asInt() + " " + confusion.at("/told/index").asInt(),
              "count", confusion.path("count").asInt()));
    }
    TallyWords words = TallyWords.of(tally);
    return Optional.of(
        Map.of(
            "words", words.counted(),
            "unknown", words.unknown().orElse(""),
            "confusions", confusions));
  }

  /** An image's line: what it shows, and what the model takes it for. */
  static Map<String, Object> truth(JsonNode truth) {
    if (!truth.isObject()) {
      return Map.of();
    }
    boolean judged = truth.path("right").isBoolean();
    boolean right = truth.path("right").asBoolean();
    Map<String, Object> line = new HashMap<>();
    line.put("name", truth.path("name").asText(truth.path("label").asText()));
    line.put("foreign", !truth.has("index"));
    line.put("told", truth.at("/told/label").asText());
    line.put("verdict", !judged ? "" : right ? "right" : "wrong");
    line.put(
        "pair",
        judged && !right
            ? truth.path("index").asInt() + " " + truth.at("/told/index").asInt()
            : "");
    return line;
  }
}
