package dev.picasso.format.tflite.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
   * The lines of a text file in the zip behind a model.
   *
   * @param wanted its name; empty for the only text file with a word for labels in its name
   * @return the lines, without blank ones at the end; empty if there is no such file
   */
  public static List<String> lines(Path model, String wanted) {
    try (ZipFile zip = new ZipFile(model.toFile())) {
      Optional<? extends ZipEntry> entry =
          wanted.isEmpty() ? onlyLabels(zip) : Optional.ofNullable(zip.getEntry(wanted));
      if (entry.isEmpty() || entry.get().isDirectory()) {
        return List.of();
      }
      try (InputStream in = zip.getInputStream(entry.get())) {
        byte[] bytes = in.readNBytes(LONGEST);
        return bytes.length == LONGEST ? List.of() : lines(bytes);
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

  private static List<String> lines(byte[] bytes) {
    List<String> lines =
        new ArrayList<>(
            new String(bytes, StandardCharsets.UTF_8).lines().map(String::strip).toList());
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return List.copyOf(lines);
  }
}
