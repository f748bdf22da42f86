package dev.picasso.format.labels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of classes in JSON, or in what Python prints for a list or a dictionary: a list; names by
 * index, such as Keras' ImageNet index {@code {"0": ["n01440764", "tench"], …}}; indices by name,
 * such as Keras' {@code class_indices}; or one of these under a key such as {@code labels}
 * (Teachable Machine) or {@code id2label} (Hugging Face).
 */
final class LabelJson {
  private static final List<String> KEYS =
      List.of(
          "labels",
          "id2label",
          "label2id",
          "class_names",
          "classNames",
          "class_labels",
          "classes",
          "class_indices",
          "class_to_idx",
          "idx_to_class",
          "names",
          "categories");

  /** What the name is called where each class is an object. */
  private static final List<String> NAME_KEYS =
      List.of("name", "label", "class", "class_name", "className", "title");

  /** What Python writes for the keys of a dictionary from indices to names. */
  private static final Pattern BARE_KEY = Pattern.compile("([{,]\\s*)(\\d{1,9})(\\s*:)");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private LabelJson() {}

  static List<String> read(String text) {
    try {
      return parsed(text).map(LabelJson::names).orElse(List.of());
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }

  private static Optional<JsonNode> parsed(String text) throws JsonProcessingException {
    try {
      return Optional.ofNullable(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.ofNullable(MAPPER.readTree(BARE_KEY.matcher(text).replaceAll("$1\"$2\"$3")));
    }
  }

  private static List<String> names(JsonNode json) {
    return Stream.concat(KEYS.stream().map(json::path), Stream.of(json))
        .map(LabelJson::list)
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static List<String> list(JsonNode json) {
    List<String> found = json.isArray() ? fromList(json) : byIndex(json);
    return found.isEmpty() ? byName(json) : found;
  }

  /** All of them, or none if one of them is no name. */
  private static List<String> fromList(JsonNode list) {
    List<String> labels = new ArrayList<>();
    list.forEach(node -> name(node).ifPresent(labels::add));
    return labels.size() == list.size() ? labels : List.of();
  }

  /** {"0": "cat", "1": "dog"}, without gaps. */
  private static List<String> byIndex(JsonNode names) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; names.has(String.valueOf(i)); i++) {
      name(names.path(String.valueOf(i))).ifPresent(labels::add);
    }
    return labels.size() == names.size() ? labels : List.of();
  }

  /** {"cat": 0, "dog": 1}, without gaps. */
  private static List<String> byName(JsonNode indices) {
    if (!indices.isObject()) {
      return List.of();
    }
    String[] labels = new String[indices.size()];
    for (var entry : indices.properties()) {
      int i = entry.getValue().isInt() ? entry.getValue().asInt() : -1;
      if (i < 0 || i >= labels.length || labels[i] != null) {
        return List.of();
      }
      labels[i] = entry.getKey();
    }
    return Arrays.asList(labels);
  }

  /** A text; of an id with a name, the name. */
  private static Optional<String> name(JsonNode node) {
    if (node.isArray()) {
      return node.isEmpty() ? Optional.empty() : name(node.get(node.size() - 1));
    }
    if (node.isObject()) {
      return NAME_KEYS.stream()
          .map(node::path)
          .filter(JsonNode::isTextual)
          .findFirst()
          .map(JsonNode::asText);
    }
    return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
  }
}
