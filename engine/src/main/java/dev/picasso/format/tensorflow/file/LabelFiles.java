package dev.picasso.format.tensorflow.file;

import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Lists of class names among the assets of a SavedModel. */
final class LabelFiles {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(.*[_. -])?(labels?|class(es|_?names?)|synsets?|categories)([_. -].*)?\\.txt");
  private static final int LONGEST = 4 << 20;
  private static final int LONGEST_LINE = 300;

  private LabelFiles() {}

  /** A list that was found: where, and the names. */
  record Found(String file, List<String> labels) {}

  /** The class names in the model's folders of assets, where a file is called as they are. */
  static Optional<Found> find(ModelFolder folder) {
    for (String assets : List.of("assets", "assets.extra")) {
      for (String name : folder.list(assets)) {
        if (NAME.matcher(name).matches()) {
          String file = assets + "/" + name;
          List<String> labels = read(folder.file(file));
          if (!labels.isEmpty()) {
            return Optional.of(new Found(file, labels));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** A name a line; empty if the file is no such list. Numbers that only count are left out. */
  private static List<String> read(Path path) {
    try {
      if (Files.size(path) > LONGEST) {
        return List.of();
      }
      List<String> lines =
          new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(l -> !l.isEmpty())
              .toList();
      if (lines.stream().anyMatch(l -> l.length() > LONGEST_LINE)) {
        return List.of();
      }
      boolean counted =
          IntStream.range(0, lines.size()).allMatch(i -> lines.get(i).startsWith(i + " "));
      return counted
          ? lines.stream().map(l -> l.substring(l.indexOf(' ') + 1).strip()).toList()
          : lines;
    } catch (IOException e) {
      throw new ModelException(ModelFolder.nameOf(path) + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
