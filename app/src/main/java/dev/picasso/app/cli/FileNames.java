package dev.picasso.app.cli;

import dev.picasso.visualization.ResultFiles;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Beginnings of file names, made from the names of images: letters, digits, '.', '_' and '-' only,
 * so that none leads out of its folder, and no two alike on any file system. What lies in the
 * folder already is never named.
 */
final class FileNames {
  private static final int LONGEST = 60;

  private final Set<String> taken = new HashSet<>();

  FileNames() {
    this(Set.of());
  }

  /**
   * For a folder that is not empty.
   *
   * @param present names of the files in it
   */
  FileNames(Set<String> present) {
    for (String name : present) {
      Matcher match = ResultFiles.NAME.matcher(name);
      if (match.matches()) {
        taken.add(alike(match.group(1)));
      }
    }
  }

  /** Names that some file system takes for the same give the same. */
  private static String alike(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  /** As in "my-photo" for "photos/my photo.jpg", and "my-photo-2" for the next of that name. */
  String stem(Path image) {
    String clean = clean(String.valueOf(image.getFileName()));
    String stem = clean;
    for (int n = 2; !taken.add(alike(stem)); n++) {
      stem = clean + "-" + n;
    }
    return stem;
  }

  private static String clean(String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String plain = stem.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
    String text = plain.isEmpty() ? "image" : plain;
    return text.substring(0, text.offsetByCodePoints(0, Math.min(LONGEST, codePoints(text))));
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }
}
