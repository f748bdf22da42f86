package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.web.state.Names;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the files of a run are called in an archive: the image, what is shown of it, and which part
 * that is, as in {@code owl-grad-cam-hare-1.png}. They are names of results ({@link
 * ResultFiles#NAME}), so that whatever reads a folder of results reads an archive that is unpacked.
 */
final class ArchiveNames {
  private static final int LONGEST = 60;

  private final String method;
  private final Set<String> taken = new HashSet<>();
  private final Map<Integer, String> stems = new HashMap<>();

  /**
   * For a run.
   *
   * @param method its name, safe as a file's
   */
  ArchiveNames(String method) {
    this.method = method;
  }

  /** The names of an image's files, by those that they are stored under. */
  Map<String, String> of(int index, JsonNode image) {
    Map<String, String> names = new LinkedHashMap<>();
    String stem = stems.computeIfAbsent(index, i -> free(stem(image)));
    for (JsonNode input : ResultJson.all(image)) {
      for (ResultFiles.Entry file : ResultFiles.in(input).entries()) {
        String part = file.part().map(p -> "-" + words(input, p)).orElse("");
        // Stored names begin with the number of the image, as in "r12@2-1.npy".
        String rest = file.name().replaceFirst("^[^@-]+", "");
        String beside = rest.startsWith("@") ? rest.replaceFirst("-.*", "") : "";
        names.put(file.name(), stem + part + beside + rest.substring(beside.length()));
      }
    }
    return names;
  }

  /** The same results, with these names. */
  ObjectNode renamed(int index, ObjectNode image) {
    Map<String, String> names = of(index, image);
    for (JsonNode input : ResultJson.all(image)) {
      for (ResultFiles.Entry file : ResultFiles.in(input).entries()) {
        JsonNode owner = file.part().<JsonNode>map(input.path("panels")::path).orElse(input);
        if (owner instanceof ObjectNode object) {
          object.put(file.role().key(), names.get(file.name()));
        }
      }
    }
    return image;
  }

  /** Two images may have one name; systems differ in whether they tell cases apart. */
  private String free(String stem) {
    String free = stem;
    for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
      free = stem + "_" + n;
    }
    return free;
  }

  private static String stem(JsonNode image) {
    return Names.file(image.path("image").asText()).replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
  }

  private String words(JsonNode input, int part) {
    String label = input.path("panels").path(part).path("label").asText();
    String plain =
        (method + " " + label).strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.]+", "-");
    String kept = plain.substring(0, Math.min(LONGEST, plain.length()));
    return kept.replaceAll("[^a-z0-9]+$", "");
  }
}
