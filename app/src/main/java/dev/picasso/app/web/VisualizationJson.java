package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.settings.Field;
import dev.picasso.settings.Schema;
import dev.picasso.visualization.Visualization;
import java.util.List;
import java.util.Locale;

/** Visualizations and their settings, as forms and as JSON Schema. */
final class VisualizationJson {
  private VisualizationJson() {}

  static List<Field> fields(Visualization<?> visualization) {
    return Schema.of(visualization.defaults()).fields();
  }

  static ObjectNode of(Visualization<?> visualization, MethodPages pages) {
    ObjectNode json = Json.object();
    json.put("id", visualization.id());
    json.put("title", visualization.title());
    json.put("description", visualization.description());
    json.put("family", visualization.family().title());
    visualization
        .reference()
        .ifPresent(r -> json.putObject("reference").put("title", r.title()).put("url", r.url()));
    pages.address(visualization).ifPresent(page -> json.put("page", page));
    visualization.top().ifPresent(top -> json.put("top", top));
    ArrayNode settings = json.putArray("settings");
    fields(visualization).forEach(f -> settings.add(of(f)));
    return json;
  }

  private static ObjectNode of(Field field) {
    ObjectNode json = Json.object();
    json.put("name", field.name());
    json.put("option", field.option());
    json.put("label", field.label());
    json.put("help", field.help());
    json.put("kind", field.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    ArrayNode choices = json.putArray("choices");
    field.choices().forEach(choices::add);
    ArrayNode suggested = json.putArray("suggested");
    field.suggested().forEach(suggested::add);
    field.bounds().ifPresent(b -> json.put("min", b.min()).put("max", b.max()));
    json.put("initial", field.initial());
    return json;
  }

  /** The settings as JSON Schema, each with its default; texts are taken for numbers as well. */
  static ObjectNode schema(Visualization<?> visualization) {
    ObjectNode json = Json.object();
    json.put("type", "object");
    json.put("title", "Settings of " + visualization.title());
    json.put("additionalProperties", false);
    ObjectNode properties = json.putObject("properties");
    fields(visualization).forEach(f -> properties.set(f.name(), schema(f)));
    return json;
  }

  private static ObjectNode schema(Field field) {
    ObjectNode json = Json.object();
    json.put("title", field.label());
    if (!field.help().isEmpty()) {
      json.put("description", field.help());
    }
    switch (field.kind()) {
      case FLAG -> json.put("type", "boolean").put("default", field.initial().equals("true"));
      case INTEGER -> json.put("type", "integer").put("default", Long.parseLong(field.initial()));
      case NUMBER -> json.put("type", "number").put("default", Double.parseDouble(field.initial()));
      case TEXT, LAYER, REGION -> json.put("type", "string").put("default", field.initial());
      case OPTIONAL_INTEGER -> {
        json.put("default", field.initial());
        json.putArray("type").add("integer").add("string");
        json.put("pattern", "^(" + Field.AUTOMATIC + "|[0-9]+)$");
      }
      case CHOICE -> {
        json.put("type", "string").put("default", field.initial());
        ArrayNode values = json.putArray("enum");
        field.choices().forEach(values::add);
      }
    }
    field.bounds().ifPresent(b -> json.put("minimum", b.min()).put("maximum", b.max()));
    return json;
  }
}
