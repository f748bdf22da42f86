package dev.picasso.format.keras.walk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code inbound_nodes}, {@code input_layers} and {@code output_layers} of all versions. */
final class Inbound {
  private static final String CONSTANT = "_CONSTANT_VALUE";

  private final Set<String> layers;

  /** A reader for a model whose layers have these names. */
  Inbound(Set<String> layers) {
    this.layers = layers;
  }

  /** All calls of a layer. */
  List<CallSpec> calls(JsonNode inbound) {
    List<CallSpec> calls = new ArrayList<>();
    for (JsonNode node : inbound) {
      calls.add(node.has("args") || node.has("kwargs") ? keras3(node) : keras2(node));
    }
    return calls;
  }

  private CallSpec keras3(JsonNode node) {
    List<CallSpec.Part> positional = new ArrayList<>();
    node.path("args").forEach(a -> positional.add(part(a)));
    Map<String, CallSpec.Part> named = new LinkedHashMap<>();
    node.path("kwargs").properties().forEach(e -> named.put(e.getKey(), part(e.getValue())));
    return new CallSpec(positional, named);
  }

  private CallSpec.Part part(JsonNode node) {
    if (node.path("class_name").asText("").equals("__tuple__")) {
      return part(node.path("items"));
    }
    if (node.path("class_name").asText("").equals("__keras_tensor__")) {
      return new CallSpec.Part.Ref(key(node.path("config").path("keras_history")));
    }
    if (isReference(node)) {
      return new CallSpec.Part.Ref(key(node));
    }
    if (node.isArray()) {
      List<CallSpec.Part> parts = new ArrayList<>();
      node.forEach(n -> parts.add(part(n)));
      if (parts.stream().anyMatch(p -> p.keys().findAny().isPresent())) {
        return new CallSpec.Part.Many(parts);
      }
    }
    return new CallSpec.Part.Plain(node);
  }

  /**
   * A call is one entry, or a list of entries, or a list of such; keywords stand in the entries.
   */
  private CallSpec keras2(JsonNode node) {
    Map<String, CallSpec.Part> named = new LinkedHashMap<>();
    CallSpec.Part first = entry(node, named);
    if (first instanceof CallSpec.Part.Many many && many.parts().size() == 1) {
      return new CallSpec(many.parts(), named);
    }
    return new CallSpec(List.of(first), named);
  }

  private CallSpec.Part entry(JsonNode node, Map<String, CallSpec.Part> named) {
    if (node.isArray() && node.size() >= 3 && node.get(0).isTextual()) {
      node.path(3).properties().forEach(e -> named.putIfAbsent(e.getKey(), part(e.getValue())));
      return node.get(0).textValue().equals(CONSTANT)
          ? new CallSpec.Part.Plain(node.get(2))
          : new CallSpec.Part.Ref(key(node));
    }
    List<CallSpec.Part> parts = new ArrayList<>();
    node.forEach(n -> parts.add(entry(n, named)));
    return new CallSpec.Part.Many(parts);
  }

  /** All references in a list, a dictionary in the order of its keys, or a single entry. */
  List<CallSpec.Key> references(JsonNode node) {
    if (node.isArray() && node.size() >= 3 && node.get(0).isTextual() && node.get(1).isNumber()) {
      return List.of(key(node));
    }
    if (node.isTextual()) {
      return List.of(new CallSpec.Key(node.textValue(), 0, 0));
    }
    List<CallSpec.Key> keys = new ArrayList<>();
    if (node.isObject()) {
      node.properties().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(e -> keys.addAll(references(e.getValue())));
    } else {
      node.forEach(n -> keys.addAll(references(n)));
    }
    return keys;
  }

  private boolean isReference(JsonNode node) {
    return node.isArray()
        && node.size() >= 3
        && node.get(0).isTextual()
        && node.get(1).isInt()
        && node.get(2).isInt()
        && layers.contains(node.get(0).textValue());
  }

  private static CallSpec.Key key(JsonNode node) {
    return new CallSpec.Key(node.path(0).asText(""), node.path(1).asInt(0), node.path(2).asInt(0));
  }
}
