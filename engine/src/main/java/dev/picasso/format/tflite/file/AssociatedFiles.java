package dev.picasso.format.tflite.file;

import dev.picasso.format.labels.LabelText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The zip that may stand behind a model, with the names of its classes in it. */
public final class AssociatedFiles {
  private static final int LONGEST = 1 << 22;
  private static final int MOST_FILES = 1000;

  private AssociatedFiles() {}

  /**
   * The names in a text file in the zip behind a model.
   *
   * @param wanted its name; empty for the only text file with a word for labels in its name
   * @return empty if there is no such file
   */
  public static List<String> names(Path model, String wanted) {
    try (ZipFile zip = new ZipFile(model.toFile())) {
      Optional<? extends ZipEntry> entry =
          wanted.isEmpty() ? onlyLabels(zip) : Optional.ofNullable(zip.getEntry(wanted));
      if (entry.isEmpty() || entry.get().isDirectory()) {
        return List.of();
      }
      try (InputStream in = zip.getInputStream(entry.get())) {
        byte[] bytes = in.readNBytes(LONGEST);
        return bytes.length == LONGEST ? List.of() : names(bytes);
      }
    } catch (IOException | IllegalArgumentException e) {
      return List.of(); // most models have no zip behind them
    }
  }

  private static Optional<? extends ZipEntry> onlyLabels(ZipFile zip) {
    if (zip.size() > MOST_FILES) {
      return Optional.empty();
    }
    var found =
        zip.stream()
            .filter(e -> e.getName().toLowerCase(java.util.Locale.ROOT).matches(".*label.*\\.txt"))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** A blank line among the others is a class without a name. */
  private static List<String> names(byte[] bytes) throws CharacterCodingException {
    List<String> lines =
        new String(bytes, StandardCharsets.UTF_8)
            .stripTrailing()
            .lines()
            .map(String::strip)
            .toList();
    return lines.contains("") ? lines : LabelText.read(bytes);
  }
}
