package dev.picasso.visualization;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The visualizations that were found, by id; and what could not be used. */
public final class Visualizations {
  /** How long all plugins together may take to start. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Visualization<?>> byId;
  private final List<String> problems;

  private Visualizations(Map<String, Visualization<?>> byId, List<String> problems) {
    this.byId = byId;
    this.problems = List.copyOf(problems);
  }

  /** Those that Picasso brings: each attribution method, and what is more than one. */
  public static Visualizations builtIn() {
    Map<String, Visualization<?>> found = new LinkedHashMap<>();
    ServiceLoader.load(Visualization.class, Visualizations.class.getClassLoader())
        .forEach(v -> found.put(v.id(), v));
    Methods.builtIn().all().forEach(m -> found.putIfAbsent(m.id(), new MethodVisualization(m)));
    return new Visualizations(byFamily(found), List.of());
  }

  private static Map<String, Visualization<?>> byFamily(Map<String, Visualization<?>> found) {
    Map<String, Visualization<?>> sorted = new LinkedHashMap<>();
    found.values().stream()
        .sorted(Comparator.comparing(Visualization::family))
        .forEach(v -> sorted.put(v.id(), v));
    return sorted;
  }

  /**
   * Those that Picasso brings and those in the jars of a folder, which may be missing. What cannot
   * be used is left out; {@link #problems} tells.
   */
  public static Visualizations withPlugins(Path folder) {
    return of(plugins(folder));
  }

  /** Finds what is in the jars of a folder, which may be missing, and all that Picasso brings. */
  public static ClassLoader plugins(Path folder) {
    return PluginLoader.of(folder);
  }

  /**
   * Those that Picasso brings, and those of plugins.
   *
   * @param loader from {@link #plugins}
   */
  public static Visualizations of(ClassLoader loader) {
    return loader instanceof PluginLoader plugins ? of(plugins, PATIENCE) : builtIn();
  }

  static Visualizations of(PluginLoader loader, Duration patience) {
    Map<String, Visualization<?>> found = new LinkedHashMap<>(builtIn().byId);
    List<String> problems = new ArrayList<>(loader.problems());
    new PluginStart(loader, patience)
        .start(problems)
        .forEach(
            (plugin, made) -> {
              Visualization<?> other = found.putIfAbsent(made.id(), made);
              if (other != null) {
                problems.add(
                    PluginProblem.of(
                        plugin,
                        "its id " + made.id() + " is that of " + other.getClass().getName()));
              }
            });
    return new Visualizations(found, problems);
  }

  /** A line for each plugin that cannot be used: which jar, which class, why, and what to do. */
  public List<String> problems() {
    return problems;
  }

  public List<Visualization<?>> all() {
    return List.copyOf(byId.values());
  }

  /** An attribution method, with these settings, as a visualization of the classes of an image. */
  public static Visualization<?> of(Attribution method) {
    return new MethodVisualization(method);
  }

  /**
   * The visualization of that id.
   *
   * @throws PicassoException if there is none
   */
  public Visualization<?> get(String id) {
    Visualization<?> found = byId.get(id);
    if (found == null) {
      throw new PicassoException(
          "There is no visualization "
              + id
              + Words.nearest(id, byId.keySet())
                  .map(n -> "; did you mean " + n + "?")
                  .orElse("; there are " + String.join(", ", byId.keySet()) + "."));
    }
    return found;
  }
}
