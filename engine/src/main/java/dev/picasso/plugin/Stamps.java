package dev.picasso.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of a folder that matter, each with what tells that it is another one now.
 *
 * @param of by path, in order
 */
record Stamps(Map<Path, Stamp> of) {
  /** More are not looked at. */
  private static final int MOST_FILES = 500;

  static final Stamps NONE = new Stamps(Map.of());

  /**
   * What changes with a file.
   *
   * @param key the file itself, where the system tells; another one may have taken its name
   */
  record Stamp(long size, FileTime modified, String key) {}

  /** Those of a folder, which may be missing. */
  static Stamps in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return NONE;
    }
    Map<Path, Stamp> stamps = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Stamps::matters).sorted().limit(MOST_FILES).toList()) {
        stamp(file).ifPresent(stamp -> stamps.put(file, stamp));
      }
    }
    return new Stamps(stamps);
  }

  private static Optional<Stamp> stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(
          new Stamp(now.size(), now.lastModifiedTime(), String.valueOf(now.fileKey())));
    } catch (IOException e) {
      return Optional.empty(); // it has just gone
    }
  }

  private static boolean matters(Path file) {
    return isJar(file) || isSource(file) || isTemplate(file);
  }

  static boolean isJar(Path file) {
    return file.toString().endsWith(".jar");
  }

  /** What says something of a package or a module is none. */
  static boolean isSource(Path file) {
    return visible(file, ".java") && !file.toString().endsWith("-info.java");
  }

  static boolean isTemplate(Path file) {
    return visible(file, ".peb");
  }

  /** What editors put beside a file begins with a dot. */
  private static boolean visible(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(ending) && !name.startsWith(".");
  }

  List<Path> files(Predicate<Path> which) {
    return of.keySet().stream().filter(which).toList();
  }

  /** Whether all files of a kind are what they were. */
  boolean same(Stamps before, Predicate<Path> which) {
    return only(which).equals(before.only(which));
  }

  private Map<Path, Stamp> only(Predicate<Path> which) {
    Map<Path, Stamp> some = new TreeMap<>(of);
    some.keySet().removeIf(which.negate());
    return some;
  }
}
