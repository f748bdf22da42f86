package dev.picasso.app.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON in and out. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static void send(Context context, JsonNode json) {
    context.contentType("application/json; charset=utf-8").result(text(json));
  }

  static String text(JsonNode json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String pretty(JsonNode json) {
    return json.toPrettyString();
  }

  /** What a request sends; an object, or nothing. */
  static ObjectNode body(Context context) {
    String text = context.body();
    if (text.isBlank()) {
      return object();
    }
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode node) {
        return node;
      }
    } catch (JsonProcessingException e) {
      String where =
          "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
      throw new HttpProblem(400, "The request is no JSON: " + where + " makes no sense.");
    }
    throw HttpProblem.wrong("The request must be a JSON object, as in {\"model\": \"…\"}.");
  }

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As nested maps and lists, for templates. */
  @SuppressWarnings("unchecked") // a JSON object becomes a map by text
  static Map<String, Object> map(ObjectNode json) {
    return MAPPER.convertValue(json, Map.class);
  }
}
