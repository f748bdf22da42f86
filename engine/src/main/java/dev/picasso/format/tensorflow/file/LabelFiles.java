package dev.picasso.format.tensorflow.file;

import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.format.labels.LabelText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

  /** The names in a file; empty if it is no such list. */
  private static List<String> read(Path path) {
    try {
      List<String> names =
          Files.size(path) > LONGEST ? List.of() : LabelText.read(Files.readAllBytes(path));
      return names.stream().anyMatch(l -> l.length() > LONGEST_LINE) ? List.of() : names;
    } catch (CharacterCodingException e) {
      return List.of();
    } catch (IOException e) {
      throw new ModelException(ModelFolder.nameOf(path) + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
