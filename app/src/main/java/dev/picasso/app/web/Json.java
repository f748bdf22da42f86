package dev.picasso.app.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON in and out. */
final class Json {
  /** A name that comes twice, or more than one value, would be passed over in silence. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

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

  /** What a request sends; an object, or nothing. */
  static ObjectNode body(Context context) {
    String text = sent(context);
    if (text.isBlank()) {
      return object();
    }
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode node) {
        return node;
      }
    } catch (StreamConstraintsException e) {
      throw HttpProblem.wrong(
          "The request is nested too deeply, or has a number that is too long.");
    } catch (JsonProcessingException e) {
      throw HttpProblem.wrong("The request is no JSON" + where(e) + ".");
    }
    throw HttpProblem.wrong("The request must be a JSON object, as in {\"model\": \"…\"}.");
  }

  /** The body, in UTF-8 as JSON always is. */
  private static String sent(Context context) {
    try {
      return new String(context.bodyAsBytes(), StandardCharsets.UTF_8);
    } catch (HttpResponseException e) {
      throw e; // it is too large
    } catch (Exception e) {
      throw Senders.problem(e).orElseThrow(() -> new IllegalStateException(e));
    }
  }

  private static String where(JsonProcessingException e) {
    return Optional.ofNullable(e.getLocation())
        .map(l -> ": line %d, column %d makes no sense".formatted(l.getLineNr(), l.getColumnNr()))
        .orElse("");
  }

  /**
   * Refuses a request with a name that means nothing, so that no misspelt one is passed over.
   *
   * @throws HttpProblem naming it, and those that there are
   */
  static void requireNames(ObjectNode body, List<String> known) {
    List<String> unknown = new ArrayList<>();
    body.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw HttpProblem.wrong(
          "There is no \"%s\"; a request has \"%s\"."
              .formatted(HttpProblem.shown(unknown.get(0)), String.join("\", \"", known)));
    }
  }

  /**
   * A text that a request must have.
   *
   * @param name also what it is the id of
   */
  static String id(ObjectNode body, String name) {
    JsonNode value = body.path(name);
    if (!value.isTextual()) {
      String given = value.isMissingNode() ? "missing" : HttpProblem.shown(value.toString());
      throw HttpProblem.wrong(
          "\"" + name + "\" is " + given + "; it must be the id of " + article(name) + name + ".");
    }
    return value.asText();
  }

  private static String article(String name) {
    return "aeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ";
  }

  /**
   * The ids of a list of images.
   *
   * @throws HttpProblem showing what is none
   */
  static List<String> idsOfImages(JsonNode list) {
    List<String> ids = new ArrayList<>();
    for (JsonNode id : list) {
      if (!id.isTextual()) {
        throw HttpProblem.wrong(
            "\"images\" has %s, which is no id; ids of images are texts, as in [\"7ds96cq5hv\"]."
                .formatted(HttpProblem.shown(id.toString())));
      }
      ids.add(id.asText());
    }
    return ids;
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
