package dev.picasso.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file in the folder of plugins, as it was when it was last looked at.
 *
 * @param name for people, with the folder, as in "plugins/mine.jar"
 * @param made what it brings
 * @param problems why some of it, or all, cannot be used
 * @param classes its classes; empty where they could not be read
 */
public record PluginFile(
    String name, List<Made> made, List<PluginTrouble> problems, Optional<ClassLoader> classes) {
  public PluginFile {
    made = List.copyOf(made);
    problems = List.copyOf(problems);
  }

  /**
   * An object of a plugin.
   *
   * @param kind as what it was found
   */
  public record Made(PluginKind<?> kind, Object object) {}

  static PluginFile broken(String name, List<PluginTrouble> problems) {
    return new PluginFile(name, List.of(), problems, Optional.empty());
  }

  /** Its objects of one kind. */
  public <T> List<T> made(Class<T> type) {
    return made.stream()
        .filter(m -> m.kind().type() == type)
        .map(m -> type.cast(m.object()))
        .toList();
  }

  /** What went wrong while it worked, the last few times. */
  public List<PluginTrouble> failures() {
    return classes
        .filter(PluginClasses.class::isInstance)
        .map(c -> ((PluginClasses) c).troubles().all())
        .orElse(List.of());
  }

  /** The same without one object, which cannot be used for a reason. */
  public PluginFile without(Object object, String why) {
    List<PluginTrouble> more = new ArrayList<>(problems);
    more.add(
        PluginTrouble.of(
            PluginWords.cannotBeUsed(object.getClass().getName(), why, PluginWords.file(name))));
    return new PluginFile(
        name, made.stream().filter(m -> m.object() != object).toList(), more, classes);
  }

  /** A line for each problem, as a terminal shows it. */
  public List<String> lines() {
    return problems.stream()
        .map(
            p ->
                name
                    + (p.line().isPresent() ? ":" + p.line().getAsInt() : "")
                    + ": "
                    + PluginWords.oneLine(p.words(), PluginWords.LONGEST_LINE))
        .toList();
  }
}
