package dev.picasso;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Jars that a person put into a folder: visualizations, preprocessing and Lambda layers of their
 * own. Only the folder of the installation is looked into, never one that comes with a model, since
 * what lies there is run.
 */
public final class Plugins {
  private Plugins() {}

  /** The folder {@code plugins} of the installation; it may be missing. */
  public static Path usualFolder() {
    return Path.of(System.getProperty("picasso.home", ""), "plugins");
  }

  /**
   * The classes of the jars in a folder, with Picasso's own.
   *
   * @param folder may be missing
   * @throws PicassoException if it cannot be read
   */
  public static ClassLoader classes(Path folder) {
    ClassLoader own = Plugins.class.getClassLoader();
    if (!Files.isDirectory(folder)) {
      return own;
    }
    try (Stream<Path> files = Files.list(folder)) {
      URL[] jars =
          files
              .filter(f -> f.toString().endsWith(".jar"))
              .sorted()
              .map(Plugins::url)
              .toArray(URL[]::new);
      return jars.length == 0 ? own : new URLClassLoader(jars, own);
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
}
