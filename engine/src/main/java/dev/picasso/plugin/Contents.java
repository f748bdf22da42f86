package dev.picasso.plugin;

import java.util.List;
import java.util.Map;

/**
 * What a file holds, before anything of it is run.
 *
 * @param entries classes and all else, by path
 * @param announced the classes that are plugins
 * @param problems what is wrong with the file
 */
record Contents(
    Map<String, byte[]> entries, List<Announced> announced, List<PluginTrouble> problems) {
  /**
   * A class that is to be used.
   *
   * @param kind as what
   */
  record Announced(PluginKind<?> kind, String className) {}

  Contents {
    entries = Map.copyOf(entries);
    announced = List.copyOf(announced);
    problems = List.copyOf(problems);
  }

  static Contents unusable(List<PluginTrouble> problems) {
    return new Contents(Map.of(), List.of(), problems);
  }

  static Contents unusable(String problem) {
    return unusable(List.of(PluginTrouble.of(problem)));
  }
}
