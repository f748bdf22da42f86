package dev.picasso.model.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Names of classes: a list in the configuration, a text file with one on each line (numbers at the
 * start of all lines, as Teachable Machine writes them, or WordNet's, are left out), a JSON list,
 * or one of the JSON objects that training programs leave: names by index, such as Keras' ImageNet
 * index {@code {"0": ["n01440764", "tench"], …}}; indices by name, such as Keras' {@code
 * class_indices}; a list under {@code labels} (Teachable Machine's {@code metadata.json}); names by
 * index under {@code id2label} (Hugging Face's {@code config.json}).
 */
public final class Labels {
  private static final long LARGEST = 4 << 20;

  private Labels() {}

  static List<String> read(Entry entry, Paths paths) {
    if (entry.isList()) {
      return entry.texts();
    }
    Optional<Path> file = paths.existing(entry);
    if (file.isEmpty()) {
      return List.of();
    }
    try {
      if (!Files.isRegularFile(file.get()) || Files.size(file.get()) > LARGEST) {
        entry.wrong("that is no file of labels.");
        return List.of();
      }
      String text = Files.readString(file.get(), StandardCharsets.UTF_8).strip();
      List<String> labels =
          text.startsWith("[") || text.startsWith("{") ? fromJson(text) : fromLines(text);
      if (labels.isEmpty()) {
        entry.wrong("that file holds no labels.");
      }
      return labels;
    } catch (IOException e) {
      entry.wrong("that file cannot be read as text in UTF-8.");
      return List.of();
    }
  }

  /** One name from each line of a text; none from blank ones. */
  public static List<String> fromLines(String text) {
    List<String> lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    boolean numbered =
        IntStream.range(0, lines.size()).allMatch(i -> lines.get(i).startsWith(i + " "));
    boolean synsets = lines.stream().allMatch(l -> l.matches("n\\d{8}\\s.*"));
    return numbered || synsets
        ? lines.stream().map(l -> l.replaceFirst("^\\S+\\s+", "")).toList()
        : lines;
  }

  private static List<String> fromJson(String text) throws JsonProcessingException {
    JsonNode json = new ObjectMapper().readTree(text);
    if (json.path("labels").isArray()) {
      return fromList(json.path("labels"));
    }
    if (json.path("id2label").isObject()) {
      return byIndex(json.path("id2label"));
    }
    if (json.isArray()) {
      return fromList(json);
    }
    List<String> labels = byIndex(json);
    return labels.isEmpty() ? byName(json) : labels;
  }

  private static List<String> fromList(JsonNode list) {
    List<String> labels = new ArrayList<>();
    list.forEach(node -> labels.add(name(node)));
    return labels;
  }

  /** {"0": "cat", "1": "dog"}, without gaps. */
  private static List<String> byIndex(JsonNode names) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; names.has(String.valueOf(i)); i++) {
      labels.add(name(names.path(String.valueOf(i))));
    }
    return labels.size() == names.size() ? labels : List.of();
  }

  /** {"cat": 0, "dog": 1}, without gaps. */
  private static List<String> byName(JsonNode indices) {
    String[] labels = new String[indices.size()];
    for (var entry : indices.properties()) {
      int i = entry.getValue().isInt() ? entry.getValue().asInt() : -1;
      if (i < 0 || i >= labels.length || labels[i] != null) {
        return List.of();
      }
      labels[i] = entry.getKey();
    }
    return List.of(labels);
  }

  /** A text; of an id with a name, the name. */
  private static String name(JsonNode node) {
    return node.isArray() && !node.isEmpty() ? node.get(node.size() - 1).asText() : node.asText();
  }
}
