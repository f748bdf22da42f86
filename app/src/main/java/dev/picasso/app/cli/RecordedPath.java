package dev.picasso.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Paths in {@code results.json}: as seen from its folder, so that all may move together. */
final class RecordedPath {
  private RecordedPath() {}

  /**
   * The text for a path.
   *
   * @param folder of the results; it exists
   * @return as given for what is no file, or cannot be seen from there
   */
  static String of(Path folder, Path given) {
    if (!Files.exists(given)) {
      return given.toString();
    }
    try {
      Path file = given.toAbsolutePath();
      Path place = file.getParent() == null ? file : file.getParent().toRealPath();
      Path named = file.getFileName() == null ? place : place.resolve(file.getFileName());
      return folder.toRealPath().relativize(named.normalize()).toString().replace('\\', '/');
    } catch (IOException | IllegalArgumentException e) {
      return given.toString(); // another drive, say
    }
  }

  /** The file that a text means: seen from the folder, else from here. */
  static Path in(Path folder, String text) {
    try {
      Path seen = folder.toRealPath().resolve(text).normalize();
      return Files.exists(seen) ? seen : Path.of(text);
    } catch (IOException e) {
      return Path.of(text);
    }
  }
}
