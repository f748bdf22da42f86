package dev.picasso.model.config;

import dev.picasso.image.decode.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Paths of a configuration.
 *
 * @param folder what relative ones are relative to
 * @param sent whether the configuration was sent by somebody: then nothing outside of the folder is
 *     touched, and what is not there is noted and left out
 * @param known files outside of it that may be named all the same
 * @param notes gets a sentence for what was left out
 */
record Paths(Path folder, boolean sent, Set<Path> known, List<String> notes) {
  private static final int MOST_IMAGES = 1000;

  /** Paths of a file of the machine's owner. */
  Paths(Path folder) {
    this(folder, false, Set.of(), new ArrayList<>());
  }

  /**
   * Paths of a file that somebody sent, or that says what somebody sent.
   *
   * @param known files outside of the folder that may be named
   */
  static Paths sent(Path folder, Collection<Path> known, List<String> notes) {
    Set<Path> whole =
        known.stream().map(f -> f.toAbsolutePath().normalize()).collect(Collectors.toSet());
    return new Paths(folder, true, whole, notes);
  }

  /** A file or folder; a problem if it is not there. */
  Optional<Path> existing(Entry entry) {
    Optional<Path> path = entry.parsed("a path", this::resolved);
    if (path.filter(known::contains).isPresent()) {
      return path; // whoever said so first was told if it is not there
    }
    if (sent && path.isPresent() && !isInside(path.get())) {
      notes.add(
          "%s of the configuration names what was not sent along; it is left out."
              .formatted(entry.key()));
      return Optional.empty();
    }
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

  /** Links lead nowhere: what is sent has none, and what lies elsewhere is nobody's business. */
  private boolean isInside(Path path) {
    return path.startsWith(folder) && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
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
