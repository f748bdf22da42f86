package dev.picasso.model.config;

import dev.picasso.image.decode.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Paths of a configuration.
 *
 * @param folder what relative ones are relative to
 */
record Paths(Path folder) {
  private static final int MOST_IMAGES = 1000;

  /** A file or folder; a problem if it is not there. */
  Optional<Path> existing(Entry entry) {
    Optional<Path> path = entry.parsed("a path", this::resolved);
    if (path.isPresent() && !Files.exists(path.get())) {
      entry.wrong("there is no such file in " + folder + ".");
      return Optional.empty();
    }
    return path;
  }

  /** A file or folder that may be there or not. */
  Optional<Path> any(Entry entry) {
    return entry.parsed("a path", this::resolved);
  }

  private Optional<Path> resolved(String text) {
    try {
      return Optional.of(folder.resolve(text).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The images that are named one by one or lie in named folders, these in the order of names. */
  List<Path> images(Entry entry) {
    return entry.items().stream()
        .flatMap(
            item ->
                existing(item).stream()
                    .flatMap(p -> Files.isDirectory(p) ? listed(item, p).stream() : Stream.of(p)))
        .limit(MOST_IMAGES)
        .toList();
  }

  private static List<Path> listed(Entry entry, Path folder) {
    try {
      List<Path> images = ImageFolder.list(folder);
      if (images.isEmpty()) {
        entry.wrong("that folder holds no images.");
      }
      return images;
    } catch (IOException e) {
      entry.wrong("that folder cannot be read: " + e.getMessage() + ".");
      return List.of();
    }
  }
}
