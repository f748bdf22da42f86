package dev.picasso.app.web;

import dev.picasso.settings.Field;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A visualization under the name, and with the settings, that the first Picasso gave it: a few
 * allowed texts each, the first being the default.
 *
 * @param name of its class
 * @param settings its names, each with ours
 */
record OriginalVisualizer(String name, Visualization<?> visualization, List<Setting> settings) {
  /**
   * A setting.
   *
   * @param name the original's
   * @param ours the name in the settings record
   * @param values allowed ones, the default first
   */
  record Setting(String name, String ours, List<String> values) {}

  private static final Map<String, String> NAMES = Map.of("saliency", "SaliencyMaps");

  private static final Map<String, List<Setting>> SETTINGS =
      Map.of(
          "partial-occlusion",
          List.of(
              new Setting(
                  "Window", "window", List.of("0.50", "0.40", "0.30", "0.20", "0.10", "0.05")),
              new Setting("Strides", "perSide", List.of("2", "5", "10", "20", "30")),
              new Setting("Occlusion", "fill", List.of("grey", "black", "white"))),
          "saliency",
          List.of(
              new Setting("Transparency", "transparency", List.of("0.0", "0.25", "0.5", "0.75"))),
          "class-probabilities",
          List.of());

  /** What the original did and did not let anybody set. */
  private static final Map<String, Map<String, String>> FIXED =
      Map.of(
          "partial-occlusion", Map.of("shows", "probability"),
          "saliency", Map.of("scaling", "own"));

  /** The original's, and a visualization that it did not have under its class's name. */
  static OriginalVisualizer of(Visualization<?> visualization) {
    String id = visualization.id();
    return new OriginalVisualizer(
        NAMES.getOrDefault(id, className(visualization)),
        visualization,
        Optional.ofNullable(SETTINGS.get(id)).orElseGet(() -> settingsOf(visualization)));
  }

  /** Of an attribution method, which has no class of its own here, one made of its id. */
  private static String className(Visualization<?> visualization) {
    if (!visualization.getClass().isRecord()) {
      return visualization.getClass().getSimpleName();
    }
    StringBuilder name = new StringBuilder();
    for (String word : visualization.id().split("-", -1)) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.toString();
  }

  /** All that there are. */
  static List<OriginalVisualizer> all(Visualizations visualizations) {
    return visualizations.all().stream().map(OriginalVisualizer::of).toList();
  }

  /**
   * The one of that name.
   *
   * @throws HttpProblem naming all, if there is none
   */
  static OriginalVisualizer named(String name, Visualizations visualizations) {
    List<OriginalVisualizer> all = all(visualizations);
    return all.stream()
        .filter(v -> v.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                HttpProblem.unknown(
                    "visualizer", name, all.stream().map(OriginalVisualizer::name).toList()));
  }

  private static List<Setting> settingsOf(Visualization<?> visualization) {
    return VisualizationJson.fields(visualization).stream()
        .map(f -> new Setting(f.name(), f.name(), values(f)))
        .toList();
  }

  private static List<String> values(Field field) {
    List<String> values = new ArrayList<>(List.of(field.initial()));
    field.choices().stream().filter(c -> !values.contains(c)).forEach(values::add);
    field.suggested().stream().filter(s -> !values.contains(s)).forEach(values::add);
    return values;
  }

  /**
   * Our settings for the original's, which a request gives by name.
   *
   * @throws HttpProblem naming each value that is not allowed
   */
  Map<String, String> ours(Map<String, String> given) {
    Map<String, String> values =
        new LinkedHashMap<>(FIXED.getOrDefault(visualization.id(), Map.of()));
    List<String> problems = new ArrayList<>();
    for (Setting setting : settings) {
      String value = given.getOrDefault(setting.name(), setting.values().get(0));
      if (setting.values().contains(value)) {
        values.put(setting.ours(), value);
      } else {
        problems.add(
            "%s: %s is %s; it must be one of %s."
                .formatted(
                    name,
                    setting.name(),
                    value.isEmpty() ? "empty" : value,
                    String.join(", ", setting.values())));
      }
    }
    List<String> names = settings.stream().map(Setting::name).toList();
    given.keySet().stream()
        .filter(n -> !names.contains(n))
        .forEach(n -> problems.add(unknown(n, names)));
    if (!problems.isEmpty()) {
      throw new HttpProblem(400, String.join("\n", problems), problems);
    }
    return values;
  }

  private String unknown(String setting, List<String> names) {
    return name
        + ": there is no setting "
        + setting
        + (names.isEmpty() ? "; it has none." : "; there are " + String.join(", ", names) + ".");
  }
}
