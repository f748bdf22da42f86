package dev.picasso.visualization;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.visualization.settings.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The visualizations that were found, by id. */
public final class Visualizations {
  private final Map<String, Visualization<?>> byId;

  private Visualizations(Map<String, Visualization<?>> byId) {
    this.byId = byId;
  }

  /** Those that Picasso brings. */
  public static Visualizations builtIn() {
    return of(Visualizations.class.getClassLoader());
  }

  /**
   * Those that Picasso brings and those in the jars of a folder, which may be missing.
   *
   * @throws PicassoException if a jar's visualization cannot be made
   */
  public static Visualizations withPlugins(Path folder) {
    return of(plugins(folder));
  }

  /**
   * Finds what is in the jars of a folder, which may be missing, and all that Picasso brings.
   *
   * @throws PicassoException if the folder cannot be read
   */
  public static ClassLoader plugins(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Visualizations.class.getClassLoader();
    }
    try (Stream<Path> files = Files.list(folder)) {
      URL[] jars =
          files
              .filter(f -> f.toString().endsWith(".jar"))
              .sorted()
              .map(Visualizations::url)
              .toArray(URL[]::new);
      return new URLClassLoader(jars, Visualizations.class.getClassLoader());
    } catch (IOException e) {
      throw new PicassoException(
          "The plugins folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Those that a class loader finds.
   *
   * @throws PicassoException if one cannot be made, or two have the same id
   */
  public static Visualizations of(ClassLoader loader) {
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
