package dev.picasso.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.run.ClassesJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the classes of a model are called, as far as that is known, so that nobody has to know their
 * numbers.
 *
 * @param labels by the number of the class
 * @param noun what stands before the number of one without a name
 */
public record ClassNames(Map<Integer, String> labels, String noun) {
  public ClassNames {
    labels = Map.copyOf(labels);
  }

  /**
   * The names that a model has.
   *
   * @param model as a server tells of it, or as files do; of one without names nothing is known
   */
  public static ClassNames of(JsonNode model) {
    Map<Integer, String> labels = new LinkedHashMap<>();
    for (JsonNode label : model.path("classes")) {
      labels.put(labels.size(), label.asText());
    }
    return new ClassNames(labels, model.path("numbers").asBoolean() ? "output" : "class");
  }

  /** Adds those that an image's predictions name. */
  ClassNames with(JsonNode image) {
    Map<Integer, String> all = new LinkedHashMap<>(labels);
    image
        .path("predictions")
        .forEach(p -> all.putIfAbsent(p.path("index").asInt(), p.path("label").asText()));
    return all.size() == labels.size() ? this : new ClassNames(all, noun);
  }

  /** What a class is called: its label, else its number. */
  public String name(int index) {
    return Optional.ofNullable(labels.get(index))
        .filter(label -> !label.isBlank())
        .orElseGet(() -> noun + " " + index);
  }

  /** The first name of a class that has several with commas between. */
  public String shortName(int index) {
    return name(index).split(", ", 2)[0];
  }

  /**
   * The classes that were asked for by their numbers, one or several or a pair.
   *
   * @param classes as files and answers say it
   * @param briefly whether the first name of several is enough
   * @return empty where they were not asked for by numbers
   */
  public Optional<String> asked(JsonNode classes, boolean briefly) {
    if (classes.isObject()) {
      return Optional.of(
          called(classes.path(ClassesJson.OF).asInt(), briefly)
              + " against "
              + called(classes.path(ClassesJson.AGAINST).asInt(), briefly));
    }
    if (!classes.isArray()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    classes.forEach(index -> names.add(called(index.asInt(), briefly)));
    boolean commas = names.stream().anyMatch(name -> name.contains(","));
    return Optional.of(String.join(commas ? "; " : ", ", names));
  }

  private String called(int index, boolean briefly) {
    return briefly ? shortName(index) : name(index);
  }
}
