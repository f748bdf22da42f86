package dev.picasso.model.files;

import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.format.SafeNames;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
public final class ModelArchive {
  private static final int MOST_ENTRIES = 2000;
  private static final int DEEPEST = 10;
  private static final int LONGEST_END = 22 + 0xFFFF;

  private ModelArchive() {}

  /** An archive that holds more than may be stored. */
  public static final class TooLargeException extends ModelException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String message) {
      super(message);
    }
  }

  /** Whether a file begins as a zip. */
  public static boolean isZip(Path file) {
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
   * @throws TooLargeException if its files are larger together
   * @throws ModelException if it is damaged, has too many files, or holds a file that would lie
   *     outside
   */
  public static List<Path> unpack(Path zip, String name, Path folder, long mostBytes) {
    if (!hasEnd(zip)) {
      throw refused(name, "is damaged or cut off.");
    }
    try (ZipInputStream in =
        new ZipInputStream(
            new BufferedInputStream(Files.newInputStream(zip)), StandardCharsets.ISO_8859_1)) {
      List<Path> files = new ArrayList<>();
      long left = mostBytes;
      int entries = 0;
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (++entries > MOST_ENTRIES) {
          throw refused(name, "holds more than " + MOST_ENTRIES + " files. Pack fewer.");
        }
        String path = name(entry);
        requireInside(name, path);
        if (entry.isDirectory() || isLitter(path)) {
          left -= copy(in, OutputStream.nullOutputStream(), left);
        } else {
          Path file = folder.resolve(SafeNames.path(path));
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
          throw new TooLargeException(
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

  /** Whether the mark of the end stands among the last bytes, behind which a comment may stand. */
  private static boolean hasEnd(Path zip) {
    try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(file.length(), LONGEST_END)];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      return new String(tail, StandardCharsets.ISO_8859_1).contains("PK\u0005\u0006");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelException refused(String archive, String why) {
    return new ModelException(archive + ": the archive " + why);
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

  /** The entry's name; archives of other systems have UTF-8 in it without saying so. */
  private static String name(ZipEntry entry) {
    String read = entry.getName();
    if (!StandardCharsets.ISO_8859_1.newEncoder().canEncode(read)) {
      return read;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(read.getBytes(StandardCharsets.ISO_8859_1));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return read;
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
