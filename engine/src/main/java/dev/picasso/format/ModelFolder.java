package dev.picasso.format;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The folder that a model lies in. Of what a model's files name, only regular files inside of it
 * are opened; whatever leads out, by name or by link, is refused.
 */
public final class ModelFolder {
  private final Path root;

  private ModelFolder(Path root) {
    this.root = root;
  }

  /** A folder that is itself the model. */
  public static ModelFolder at(Path folder) {
    return new ModelFolder(folder.toAbsolutePath().normalize());
  }

  /** The folder of a model file. */
  public static ModelFolder of(Path file) {
    return new ModelFolder(file.toAbsolutePath().normalize().resolveSibling(""));
  }

  /** The last name of a path, as messages say it. */
  public static String nameOf(Path path) {
    Path last = path.getFileName();
    return last == null ? path.toString() : last.toString();
  }

  /** The folder's own name. */
  public String name() {
    return nameOf(root);
  }

  /** Whether a name leads nowhere but into the folder, by its words alone. */
  public static boolean isPlain(String relative) {
    return !relative.isBlank()
        && relative.indexOf('\0') < 0
        && !relative.matches("(?s)[/\\\\].*|\\p{Alpha}:.*|(.*[/\\\\])?\\.\\.([/\\\\].*)?");
  }

  /**
   * The file of that name.
   *
   * @param relative a path with slashes
   * @return empty if there is no such file
   * @throws ModelException if the name or a link leads out of the folder, or it is no regular file
   */
  public Optional<Path> find(String relative) {
    Path file = resolve(relative);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      throw new ModelException(name() + ": " + relative + " is no file.");
    }
    return Optional.of(file);
  }

  /**
   * The file of that name.
   *
   * @throws ModelException if there is none, or as {@link #find}
   */
  public Path file(String relative) {
    return find(relative)
        .orElseThrow(() -> new ModelException(name() + ": the file " + relative + " is missing."));
  }

  /**
   * The names of the files in a folder inside, in alphabetical order; none if there is no such
   * folder.
   *
   * @param relative a path with slashes; empty for the folder itself
   */
  public List<String> list(String relative) {
    return list(relative, Files::isRegularFile);
  }

  /** The names of the folders inside, in alphabetical order. */
  public List<String> folders() {
    return list("", Files::isDirectory);
  }

  private List<String> list(String relative, Predicate<Path> kind) {
    Path folder = relative.isEmpty() ? root : resolve(relative);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (kind.test(file)) {
          names.add(nameOf(file));
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      throw new ModelException(name() + ": the folder cannot be listed: " + e.getMessage(), e);
    }
    names.sort(null);
    return names;
  }

  private Path resolve(String relative) {
    if (!isPlain(relative)) {
      throw new ModelException(
          name()
              + ": \""
              + relative
              + "\" is no plain path inside the model's folder; Picasso reads none outside.");
    }
    Path file;
    try {
      file = root.resolve(relative);
      if (Files.exists(file) && !file.toRealPath().startsWith(root.toRealPath())) {
        throw new ModelException(
            name() + ": " + relative + " is a link that leads out of the model's folder.");
      }
    } catch (InvalidPathException | IOException e) {
      throw new ModelException(name() + ": \"" + relative + "\" cannot be opened.", e);
    }
    return file;
  }
}
