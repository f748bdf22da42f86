package dev.picasso.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.picasso.Words;
import dev.picasso.run.ClassesJson;
import dev.picasso.run.Tally;
import dev.picasso.run.TallyWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What made results, in words: groups of names and values.
 *
 * @param groups each with a heading
 */
public record ReportFacts(List<Group> groups) {
  /** Facts under one heading. */
  public record Group(String title, List<Fact> facts) {
    /** Whether any of them has a name. */
    public boolean named() {
      return facts.stream().anyMatch(fact -> !fact.name().isEmpty());
    }
  }

  /**
   * A fact.
   *
   * @param name empty for a sentence
   */
  public record Fact(String name, String value) {}

  /** All that a source tells. */
  public static ReportFacts of(ReportSource source) {
    return of(source, source.classNames());
  }

  /** The same, where more is known of what classes are called. */
  static ReportFacts of(ReportSource source, ClassNames names) {
    List<Group> groups = new ArrayList<>();
    JsonNode header = source.header();
    JsonNode told = source.told();
    groups.add(new Group("Model", model(header, told)));
    groups.add(new Group("Models beside it", others(header.path("others"))));
    List<Fact> method = new ArrayList<>();
    method.add(new Fact("method", source.method()));
    Map<String, String> labels = labels(told);
    header
        .path("settings")
        .properties()
        .forEach(
            e -> {
              String label = labels.getOrDefault(e.getKey(), words(e.getKey()));
              // stages have a method, too; two facts of one name could not be compared
              add(method, label.equals("method") ? "method (setting)" : label, e.getValue());
            });
    String targets = header.path("model").path("numbers").asBoolean() ? "outputs" : "classes";
    JsonNode classes = header.path(ClassesJson.FIELD);
    if (!classes.isObject()) {
      add(method, targets + " shown", header.path("top"));
    }
    String how = classes.isObject() ? " compared" : " chosen";
    names
        .asked(classes, false)
        .ifPresentOrElse(
            words -> method.add(new Fact(targets + how, words)),
            () -> add(method, targets + how, classes));
    add(method, "inputs explained", names(header.path("explained")));
    groups.add(new Group("Method and settings", method));
    if (header.path(Tally.FIELD).isObject()) {
      String words = TallyWords.of(header.path(Tally.FIELD)).counted();
      groups.add(new Group("True labels", List.of(new Fact("right and wrong", words))));
    }
    List<Fact> input = facts(header.path("preprocessing"));
    header
        .path("held")
        .properties()
        .forEach(e -> add(input, "held by " + e.getKey(), e.getValue().path("file")));
    groups.add(new Group("What the model is given", input));
    header
        .path("explained")
        .properties()
        .forEach(
            e -> {
              if (header.path("held").has(e.getKey())) {
                groups.add(
                    new Group(
                        "What is done to what " + e.getKey() + " holds", facts(e.getValue())));
              }
            });
    List<Fact> assumed = new ArrayList<>();
    told.path("model").path("notes").forEach(note -> assumed.add(new Fact("", note.asText())));
    groups.add(new Group("What was assumed", assumed));
    groups.add(new Group("Computed by", machine(header, told)));
    groups.removeIf(group -> group.facts().isEmpty());
    return new ReportFacts(List.copyOf(groups));
  }

  private static List<Fact> model(JsonNode header, JsonNode told) {
    List<Fact> facts = new ArrayList<>();
    add(facts, "model", told.path("model").path("title"));
    add(facts, "file", header.path("model").path("file"));
    add(facts, "format", header.path("model").path("format"));
    add(facts, "SHA-256 of the file", header.path("model").path("sha256"));
    add(facts, "hash of the graph", header.path("model").path("graph"));
    return facts;
  }

  /** Which ones were set beside it, by what the settings call them, and what they are given. */
  private static List<Fact> others(JsonNode others) {
    List<Fact> facts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> other : others.properties()) {
      String of = " of " + other.getKey();
      JsonNode model = other.getValue();
      add(facts, "file" + of, model.path("file"));
      add(facts, "SHA-256 of the file" + of, model.path("sha256"));
      add(facts, "hash of the graph" + of, model.path("graph"));
      facts(model.path("preprocessing"))
          .forEach(fact -> facts.add(new Fact(fact.name() + of, fact.value())));
    }
    return facts;
  }

  private static List<Fact> facts(JsonNode preprocessing) {
    List<Fact> facts = new ArrayList<>();
    preprocessing.properties().forEach(e -> add(facts, words(e.getKey()), readable(e.getValue())));
    return facts;
  }

  private static JsonNode names(JsonNode object) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    object.properties().forEach(e -> names.add(e.getKey()));
    return names;
  }

  private static List<Fact> machine(JsonNode header, JsonNode told) {
    List<Fact> facts = new ArrayList<>();
    add(facts, "Picasso", header.path("picasso"));
    JsonNode machine = header.path("machine");
    add(facts, "ONNX Runtime", machine.path("onnxRuntime"));
    add(facts, "Java", machine.path("java"));
    add(facts, "system", machine.path("system"));
    add(facts, "cores", machine.path("cores"));
    add(facts, "device", machine.path("device"));
    String made = header.path("made").asText().replaceFirst("\\.\\d+Z$", "Z");
    facts.add(new Fact("made", made));
    JsonNode status = told.path("status");
    if (status.path("finished").asInt() < status.path("total").asInt()) {
      facts.add(
          new Fact(
              "images",
              "%d of %d, %s"
                  .formatted(
                      status.path("finished").asInt(),
                      status.path("total").asInt(),
                      status.path("state").asText())));
    }
    return facts;
  }

  private static Map<String, String> labels(JsonNode told) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (JsonNode setting : told.path("visualization").path("settings")) {
      labels.put(
          setting.path("name").asText(), setting.path("label").asText().toLowerCase(Locale.ROOT));
    }
    return labels;
  }

  private static void add(List<Fact> facts, String name, JsonNode value) {
    String text =
        value.isArray()
            ? String.join(
                ", ",
                StreamSupport.stream(value.spliterator(), false)
                    .map(one -> readable(one).asText())
                    .toList())
            : value.isObject() ? value.toString() : value.asText();
    if (!text.isBlank()) {
      facts.add(new Fact(name, text));
    }
  }

  /** A fraction for a number that is one: 1/255. */
  private static JsonNode readable(JsonNode value) {
    return value.isFloatingPointNumber() ? TextNode.valueOf(Words.factor(value.asDouble())) : value;
  }

  /** As in "mean of channels" of "meanOfChannels". */
  private static String words(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1 $2").replace('-', ' ').toLowerCase(Locale.ROOT);
  }
}
