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
import java.util.stream.Stream;

/**
 * The folder that a model lies in. Of what a model's files name, only regular files inside of it
 * are opened; whatever leads out, by name or by link, is refused. Where the model itself is a link,
 * as in the cache of Hugging Face, the folder of its target counts too, and so do links into the
 * store of such a cache ({@link LinkStore}).
 */
public final class ModelFolder {
  private final Path root;
  private final Optional<Path> target;

  private ModelFolder(Path root, Optional<Path> target) {
    this.root = root;
    this.target = target;
  }

  /** A folder that is itself the model. */
  public static ModelFolder at(Path folder) {
    return new ModelFolder(folder.toAbsolutePath().normalize(), Optional.empty());
  }

  /** The folder of a model file. */
  public static ModelFolder of(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    return new ModelFolder(whole.resolveSibling(""), target(whole));
  }

  /** The folder that a link leads to; empty for what is no link. */
  private static Optional<Path> target(Path file) {
    try {
      return Files.isSymbolicLink(file)
          ? Optional.of(file.toRealPath().resolveSibling(""))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it leads nowhere, which is told when it is opened
    }
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

  /** Where a file of that name lies, or would lie. */
  private Path resolve(String relative) {
    if (!isPlain(relative)) {
      throw new ModelException(
          name()
              + ": \""
              + relative
              + "\" is no plain path inside the model's folder; Picasso reads none outside.");
    }
    Optional<Path> file = locate(relative);
    if (file.isPresent() && leadsOut(file.get())) {
      throw new ModelException(
          name() + ": " + relative + " is a link that leads out of the model's folder.");
    }
    return file.orElseGet(() -> root.resolve(SafeNames.path(relative)));
  }

  /**
   * The file or folder of a plain name: beside the model, beside what a link to the model leads to,
   * or under the name that it was stored by. It may be a link that {@link #leadsOut}.
   *
   * @return empty if there is none
   */
  public Optional<Path> locate(String relative) {
    return Stream.of(relative, SafeNames.path(relative))
        .flatMap(name -> Stream.concat(Stream.of(root), target.stream()).map(f -> at(f, name)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Path> at(Path folder, String name) {
    try {
      return Optional.of(folder.resolve(name)).filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty(); // no name on this machine
    }
  }

  /** Whether a link leads to where nothing belongs to the model. */
  public boolean leadsOut(Path file) {
    try {
      Path real = file.toRealPath();
      Path folder = root.toRealPath();
      return !real.startsWith(folder)
          && target.filter(real::startsWith).isEmpty()
          && !LinkStore.of(folder, real);
    } catch (IOException e) {
      throw new ModelException(name() + ": " + nameOf(file) + " cannot be opened.", e);
    }
  }
}
