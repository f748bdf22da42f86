package dev.picasso.visualization;

import dev.picasso.PicassoException;
import dev.picasso.Plugins;
import dev.picasso.Words;
import dev.picasso.visualization.settings.Schema;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The visualizations that were found, by id. */
public final class Visualizations {
  private final Map<String, Visualization<?>> byId;

  private Visualizations(Map<String, Visualization<?>> byId) {
    this.byId = byId;
  }

  /** Those that Picasso brings. */
  public static Visualizations builtIn() {
    return from(Visualizations.class.getClassLoader());
  }

  /**
   * Those that Picasso brings and those in the jars of a folder, which may be missing.
   *
   * @throws PicassoException if a jar's visualization cannot be made or used
   */
  public static Visualizations withPlugins(Path folder) {
    return from(Plugins.classes(folder));
  }

  private static Visualizations from(ClassLoader loader) {
    Map<String, Visualization<?>> found = new LinkedHashMap<>();
    try {
      for (Visualization<?> visualization : ServiceLoader.load(Visualization.class, loader)) {
        requireSettings(visualization);
        Visualization<?> other = found.put(visualization.id(), visualization);
        if (other != null) {
          throw new PicassoException(
              "Two visualizations are called "
                  + visualization.id()
                  + ": "
                  + other.getClass().getName()
                  + " and "
                  + visualization.getClass().getName()
                  + ".");
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new PicassoException("A plugin cannot be loaded: " + e.getMessage(), e);
    }
    return new Visualizations(found);
  }

  /** Settings that no form can show are the author's mistake, found before anybody picks them. */
  private static void requireSettings(Visualization<?> visualization) {
    try {
      Schema.of(visualization.defaults());
    } catch (IllegalArgumentException e) {
      throw new PicassoException(
          visualization.getClass().getName() + " cannot be used: " + e.getMessage() + ".", e);
    }
  }

  public List<Visualization<?>> all() {
    return List.copyOf(byId.values());
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
