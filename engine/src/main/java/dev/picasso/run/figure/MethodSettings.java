package dev.picasso.run.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of a method as they came out: also what it chose by itself, as its maps tell. */
final class MethodSettings {
  private static final String LAYER = "layer";
  private static final String AUTOMATIC = "auto";
  private static final Pattern COUNT = Pattern.compile("(\\d{1,9}) (steps|samples|masks)\\b");

  private MethodSettings() {}

  /**
   * By name.
   *
   * @param maps those of the method
   */
  static Map<String, String> effective(Map<String, String> given, List<RecordedMap> maps) {
    Map<String, String> settings = new LinkedHashMap<>(given);
    settings.computeIfPresent(LAYER, (name, value) -> layer(value, maps));
    for (RecordedMap map : maps) {
      Matcher count = COUNT.matcher(map.diagnostics());
      while (count.find()) {
        String name = count.group(2);
        settings.computeIfPresent(name, (n, value) -> count(given.getOrDefault(n, value), n, maps));
      }
    }
    return settings;
  }

  /** As in "conv3 (chosen automatically)"; of several models, each its own. */
  private static String layer(String given, List<RecordedMap> maps) {
    Map<String, Set<String>> ofModels = new LinkedHashMap<>();
    for (RecordedMap map : maps) {
      map.layer()
          .ifPresent(
              layer ->
                  ofModels
                      .computeIfAbsent(layer, l -> new LinkedHashSet<>())
                      .add(map.model().orElse("")));
    }
    List<String> layers = new ArrayList<>();
    ofModels.forEach(
        (layer, models) ->
            layers.add(
                ofModels.size() == 1 || models.contains("")
                    ? layer
                    : layer + " of " + Citation.joined(List.copyOf(models))));
    boolean itself = given.equals(AUTOMATIC) && !layers.isEmpty();
    return itself ? Citation.joined(layers) + " (chosen automatically)" : given;
  }

  /** As in "auto (50 to 82)". */
  private static String count(String given, String name, List<RecordedMap> maps) {
    TreeSet<Integer> counts = new TreeSet<>();
    for (RecordedMap map : maps) {
      Matcher count = COUNT.matcher(map.diagnostics());
      while (count.find()) {
        if (count.group(2).equals(name)) {
          counts.add(Integer.valueOf(count.group(1)));
        }
      }
    }
    String found =
        counts.size() == 1 ? "" + counts.first() : counts.first() + " to " + counts.last();
    return found.equals(given) ? given : given + " (" + found + ")";
  }
}
