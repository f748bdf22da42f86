package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.format.labels.LabelTable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** What images truly show, as a person tells it. */
final class TrueLabels {
  private static final String FOLDERS = "folders";
  private static final long LARGEST = 64 << 20;

  @Option(
      names = "--true-labels",
      paramLabel = "folders|TABLE",
      description =
          "What each image truly shows: 'folders' for the name of the folder that it lies in, or a"
              + " table (CSV) with an image and its label on each line. Each result then says"
              + " whether the model is right, and results.json how often.")
  private Optional<String> from = Optional.empty();

  /** Those that names of folders tell. */
  static TrueLabels folders() {
    TrueLabels labels = new TrueLabels();
    labels.from = Optional.of(FOLDERS);
    return labels;
  }

  boolean areGiven() {
    return from.isPresent();
  }

  /**
   * The label of each file; empty where nobody says what it shows.
   *
   * @throws PicassoException if the table cannot be read, or names none of the files
   */
  List<Optional<String>> of(List<Path> files) {
    if (from.isEmpty()) {
      return files.stream().map(file -> Optional.<String>empty()).toList();
    }
    if (from.get().equals(FOLDERS)) {
      return files.stream().map(TrueLabels::folder).toList();
    }
    Path path = Path.of(from.get());
    LabelTable table = table(path);
    Function<String, Optional<String>> finder = table.finder();
    List<Optional<String>> labels =
        files.stream().map(file -> finder.apply(file.toString().replace('\\', '/'))).toList();
    if (labels.stream().allMatch(Optional::isEmpty)) {
      throw new PicassoException(
          "%s: none of the images stands in the table; it names \"%s\", and an image is \"%s\"."
              .formatted(path, Shown.line(table.rows().get(0).image()), files.get(0)));
    }
    return labels;
  }

  private static Optional<String> folder(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
        .map(Path::getFileName)
        .map(Path::toString);
  }

  private static LabelTable table(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        throw new PicassoException(
            "--true-labels is %s; it must be folders, or a file that is there.".formatted(path));
      }
      if (Files.size(path) > LARGEST) {
        throw new PicassoException(path + ": is larger than any table of labels.");
      }
      return LabelTable.parse(Files.readString(path));
    } catch (CharacterCodingException e) {
      throw new PicassoException(path + ": is no text in UTF-8.", e);
    } catch (IOException e) {
      throw new PicassoException(path + ": cannot be read: " + e.getMessage() + ".", e);
    }
  }
}
