package dev.picasso.model.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Names of classes: a list in the configuration, a text file with one on each line (numbers at the
 * start of all lines, as Teachable Machine writes them, are left out), a JSON list, or the JSON of
 * Keras' ImageNet index, {@code {"0": ["n01440764", "tench"], …}}.
 */
final class Labels {
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

  private static List<String> fromLines(String text) {
    List<String> lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    boolean numbered =
        IntStream.range(0, lines.size()).allMatch(i -> lines.get(i).startsWith(i + " "));
    return numbered ? lines.stream().map(l -> l.substring(l.indexOf(' ') + 1)).toList() : lines;
  }

  private static List<String> fromJson(String text) throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    if (text.startsWith("[")) {
      return json.readValue(text, new TypeReference<List<JsonNode>>() {}).stream()
          .map(Labels::name)
          .toList();
    }
    Map<String, JsonNode> byIndex = json.readValue(text, new TypeReference<>() {});
    List<String> labels = new ArrayList<>();
    for (int i = 0; byIndex.containsKey(String.valueOf(i)); i++) {
      labels.add(Optional.ofNullable(byIndex.get(String.valueOf(i))).map(Labels::name).orElse(""));
    }
    return labels.size() == byIndex.size() ? labels : List.of();
  }

  /** A text; of an id with a name, the name. */
  private static String name(JsonNode node) {
    return node.isArray() && !node.isEmpty() ? node.get(node.size() - 1).asText() : node.asText();
  }
}
