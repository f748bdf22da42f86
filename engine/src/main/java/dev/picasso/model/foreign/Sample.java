package dev.picasso.model.foreign;

import dev.picasso.format.ModelFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;

/**
 * What is looked at of a file or folder to tell what it is.
 *
 * @param name in lower case
 * @param text its first bytes as ISO 8859-1, so that every byte is a character; empty of a folder
 * @param entries names of what a zip or folder holds; none for others
 */
record Sample(Path path, String name, String text, List<String> entries) {
  private static final int MOST_ENTRIES = 2000;
  private static final String ZIP = "PK\u0003\u0004";

  static Sample of(Path path, byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    List<String> entries =
        Files.isDirectory(path) ? listed(path) : text.startsWith(ZIP) ? packed(path) : List.of();
    String name = ModelFolder.nameOf(path).toLowerCase(Locale.ROOT);
    return new Sample(path, name, text, entries);
  }

  /** Names in a zip; of one that is cut off, what its beginning shows. */
  private static List<String> packed(Path path) {
    try (ZipFile zip = new ZipFile(path.toFile())) {
      return zip.stream().limit(MOST_ENTRIES).map(e -> e.getName()).toList();
    } catch (IOException | IllegalArgumentException e) {
      return List.of();
    }
  }

  private static List<String> listed(Path folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (names.size() < MOST_ENTRIES) {
          names.add(ModelFolder.nameOf(file));
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return List.of();
    }
    return names;
  }

  boolean isFolder() {
    return text.isEmpty() && Files.isDirectory(path);
  }

  boolean isZip() {
    return text.startsWith(ZIP);
  }

  boolean ends(String... endings) {
    return List.of(endings).stream().anyMatch(name::endsWith);
  }

  /** Whether these bytes stand there. */
  boolean hasBytes(int at, String hexadecimal) {
    byte[] wanted = HexFormat.of().parseHex(hexadecimal);
    return text.startsWith(new String(wanted, StandardCharsets.ISO_8859_1), at);
  }

  /** The first bytes. */
  byte[] head() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether the first bytes hold the words, in that case. */
  boolean has(String words) {
    return text.contains(words);
  }

  boolean holds(String pattern) {
    return entries.stream().anyMatch(e -> e.matches(pattern));
  }

  /** Whether all the first bytes are text. */
  boolean isText() {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c >= ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f');
  }

  /** Whether another file of the same name with that ending lies beside this one. */
  boolean hasBeside(String ending) {
    String whole = ModelFolder.nameOf(path);
    int dot = whole.lastIndexOf('.');
    return dot > 0 && Files.isRegularFile(path.resolveSibling(whole.substring(0, dot) + ending));
  }

  boolean liesWith(String other) {
    return Files.isRegularFile(isFolder() ? path.resolve(other) : path.resolveSibling(other));
  }
}
