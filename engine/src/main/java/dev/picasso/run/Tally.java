package dev.picasso.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often a model is right about images of which it is known what they show, and what it takes
 * the others for; counted as results come.
 */
public final class Tally {
  /** The field of files and answers that have it. */
  public static final String FIELD = "tally";

  private final Map<Confusion, Integer> confusions = new LinkedHashMap<>();
  private int labelled;
  private int judged;
  private int wrong;
  private int unknown;

  /** A true class and another one, which the model told. */
  private record Confusion(int index, String name, int told, String toldLabel) {}

  /** Counts an image's results; none where something went wrong with it. */
  public void add(JsonNode result) {
    if (result.has("problem")) {
      return;
    }
    JsonNode truth = result.path(Truth.FIELD);
    labelled += truth.isObject() ? 1 : 0;
    if (!truth.path("right").isBoolean()) {
      unknown++;
      return;
    }
    judged++;
    if (!truth.path("right").asBoolean()) {
      wrong++;
      JsonNode told = truth.path("told");
      confusions.merge(
          new Confusion(
              truth.path("index").asInt(),
              truth.path("name").asText(),
              told.path("index").asInt(),
              told.path("label").asText()),
          1,
          Integer::sum);
    }
  }

  /** What was counted; empty if it is known of no image what it shows. */
  public Optional<ObjectNode> json() {
    if (labelled == 0) {
      return Optional.empty();
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("judged", judged).put("wrong", wrong);
    if (judged > 0) {
      json.put("accuracy", 1 - (double) wrong / judged);
    }
    json.put("unknown", unknown);
    ArrayNode array = json.putArray("confusions");
    List<Map.Entry<Confusion, Integer>> frequentFirst =
        confusions.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList();
    for (Map.Entry<Confusion, Integer> each : frequentFirst) {
      Confusion of = each.getKey();
      ObjectNode one = array.addObject();
      one.putObject("truth").put("index", of.index()).put("label", of.name());
      one.putObject("told").put("index", of.told()).put("label", of.toldLabel());
      one.put("count", each.getValue());
    }
    return Optional.of(json);
  }

  /** The same as the fields that end a file of results. */
  public ObjectNode last() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json().ifPresent(counted -> json.set(FIELD, counted));
    return json;
  }
}
