package dev.picasso.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.visualization.Classes;
import java.util.ArrayList;
import java.util.List;

/**
 * Which classes are shown, as files and answers say it: {@code top}, and {@code classes} where they
 * are not the most probable ones: a list of numbers, {@value Classes#TRUE_LABELS}, or a pair as in
 * {@code {"class": 7, "against": 1}}.
 */
public final class ClassesJson {
  /** The field that says which, where it is not the most probable ones. */
  public static final String FIELD = "classes";

  /** What a pair is about. */
  public static final String OF = "class";

  /** What it is set against. */
  public static final String AGAINST = "against";

  private ClassesJson() {}

  /** Adds what tells of the classes. */
  public static void put(ObjectNode json, Classes classes) {
    json.put("top", classes.top());
    if (classes.ofTruth()) {
      json.put(FIELD, Classes.TRUE_LABELS);
    } else if (classes.isPair()) {
      json.putObject(FIELD).put(OF, classes.ofPair()).put(AGAINST, classes.against());
    } else if (!classes.chosen().isEmpty()) {
      classes.chosen().forEach(json.putArray(FIELD)::add);
    }
  }

  /**
   * Reads them back; what is missing, as in files of older versions, is the most probable one.
   *
   * @throws PicassoException if a pair is none
   */
  public static Classes read(JsonNode json) {
    JsonNode told = json.path(FIELD);
    if (told.asText().equals(Classes.TRUE_LABELS)) {
      return Classes.trueLabels();
    }
    if (told.isObject()) {
      return pair(told);
    }
    List<Integer> chosen = new ArrayList<>();
    told.forEach(index -> chosen.add(index.asInt()));
    return chosen.isEmpty()
        ? Classes.top(Math.max(1, json.path("top").asInt()))
        : Classes.chosen(chosen);
  }

  /**
   * A pair.
   *
   * @throws PicassoException if it is none: other fields, no whole numbers, or one class twice
   */
  public static Classes pair(JsonNode json) {
    JsonNode of = json.path(OF);
    JsonNode against = json.path(AGAINST);
    if (json.size() != 2 || !isIndex(of) || !isIndex(against)) {
      throw new PicassoException(
          "\"%s\" must be numbers of two classes, as in %s."
              .formatted(FIELD, JsonNodeFactory.instance.objectNode().put(OF, 7).put(AGAINST, 1)));
    }
    return Classes.pair(of.asInt(), against.asInt());
  }

  private static boolean isIndex(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToInt() && number.asInt() >= 0;
  }
}
