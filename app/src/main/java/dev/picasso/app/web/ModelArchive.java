package dev.picasso.app.web;

import dev.picasso.app.web.state.Names;
import dev.picasso.format.ModelFolder;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A zip with a model in it, unpacked. What a stranger packs is read from front to back, so that no
 * table of contents has to be believed; only plain files are made of it, links never.
 */
final class ModelArchive {
  private static final int MOST_ENTRIES = 2000;
  private static final int DEEPEST = 10;

  private ModelArchive() {}

  /** Whether a file begins as a zip. */
  static boolean isZip(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
      return start.equals("PK\u0003\u0004") || start.equals("PK\u0005\u0006");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Unpacks a zip into a folder.
   *
   * @param name what messages call it
   * @param mostBytes what all files may have together
   * @return the files
   * @throws HttpProblem if it is damaged, too large, or holds a file that would lie outside
   */
  static List<Path> unpack(Path zip, String name, Path folder, long mostBytes) {
    try (ZipInputStream in =
        new ZipInputStream(
            new BufferedInputStream(Files.newInputStream(zip)), StandardCharsets.ISO_8859_1)) {
      List<Path> files = new ArrayList<>();
      long left = mostBytes;
      int entries = 0;
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (++entries > MOST_ENTRIES) {
          throw refused(name, "holds more than " + MOST_ENTRIES + " files. Pack the model alone.");
        }
        requireInside(name, entry.getName());
        if (entry.isDirectory() || isLitter(entry.getName())) {
          left -= copy(in, OutputStream.nullOutputStream(), left);
        } else {
          Path file = folder.resolve(Names.path(entry.getName()));
          Files.createDirectories(file.resolveSibling(""));
          try (OutputStream out =
              Files.newOutputStream(
                  file,
                  java.nio.file.StandardOpenOption.CREATE_NEW,
                  java.nio.file.StandardOpenOption.WRITE)) {
            left -= copy(in, out, left);
          }
          files.add(file);
        }
        if (left < 0) {
          throw new HttpProblem(
              413,
              "%s: unpacked, the archive is larger than %.0f MB."
                  .formatted(name, mostBytes / 1048576.));
        }
      }
      return files;
    } catch (FileAlreadyExistsException e) {
      throw refused(name, "holds two files of one name.");
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      boolean locked = String.valueOf(e.getMessage()).contains("encrypted");
      throw refused(name, locked ? "needs a password. Pack it without." : "is damaged or cut off.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpProblem refused(String archive, String why) {
    return new HttpProblem(422, archive + ": the archive " + why);
  }

  private static void requireInside(String archive, String entry) {
    String path = entry.replace('\\', '/');
    if (!ModelFolder.isPlain(path)) {
      throw refused(archive, "names a file outside of its folder.");
    }
    if (path.split("/").length > DEEPEST + 1) {
      throw refused(archive, "has more than " + DEEPEST + " folders in each other.");
    }
  }

  /** What macOS and file managers add. */
  private static boolean isLitter(String entry) {
    String lower = entry.toLowerCase(Locale.ROOT);
    return lower.startsWith("__macosx/") || lower.endsWith(".ds_store");
  }

  /** Copies one entry, but hardly more than may still come; returns its bytes. */
  private static long copy(InputStream in, OutputStream out, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long copied = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      copied += n;
      if (copied > most) {
        return copied;
      }
      out.write(buffer, 0, n);
    }
    return copied;
  }
}
