package dev.picasso.app.web;

import dev.picasso.PicassoException;
import dev.picasso.app.web.state.Folders;
import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.Session;
import dev.picasso.model.files.ModelArchive;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A zip of images, unpacked for as long as they are taken in. What it takes counts meanwhile. */
final class ImageArchive implements AutoCloseable {
  /** A file in it, and its path there. */
  record Entry(String path, Path file) {
    boolean isTable() {
      return path.toLowerCase(Locale.ROOT).endsWith(".csv");
    }
  }

  /** Of all its tables together: lines for a hundred thousand images. */
  private static final long LARGEST_TABLES = 2 << 20;

  private final Session session;
  private final Path folder;
  private final String name;
  private final List<Entry> entries;
  private long bytes;

  private ImageArchive(Session session, Path folder, Part part, String name, long most)
      throws IOException {
    this.session = session;
    this.folder = folder;
    this.name = name;
    try {
      take(part.getSize());
      Path zip = folder.resolve(".zip"); // no unpacked name begins so
      Multipart.write(part, zip);
      Path inside = folder.resolve("in");
      List<Path> files = ModelArchive.unpack(zip, name, inside, most);
      Files.delete(zip);
      take(Math.max(0, Folders.size(folder) - bytes));
      entries =
          files.stream()
              .map(f -> new Entry(inside.relativize(f).toString().replace('\\', '/'), f))
              .sorted(Comparator.comparing(Entry::path, NaturalOrder.OF_NAMES))
              .toList();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void take(long more) {
    session.take(more);
    bytes += more;
  }

  /** Whether a part is a zip, by its content. */
  static boolean is(Part part) {
    try (InputStream in = part.getInputStream()) {
      return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1).equals("PK\u0003\u0004");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Unpacks one.
   *
   * @param most bytes of all its files
   * @throws dev.picasso.PicassoException if it is damaged, too large, or leads elsewhere
   */
  static ImageArchive open(Session session, Part part, String name, long most) {
    try {
      return new ImageArchive(session, session.newFolder(), part, name, most);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its files, sorted as people sort names. */
  List<Entry> entries() {
    return entries;
  }

  /**
   * Its tables of labels.
   *
   * @throws PicassoException if they are too large to be read
   */
  List<byte[]> tables() throws IOException {
    List<byte[]> tables = new ArrayList<>();
    long left = LARGEST_TABLES;
    for (Entry entry : entries) {
      if (entry.isTable()) {
        left -= Files.size(entry.file());
        if (left < 0) {
          throw new PicassoException(
              "%s: %s is larger than any table of labels; tables may have %d MB together."
                  .formatted(name, Names.shown(entry.path()), LARGEST_TABLES >> 20));
        }
        tables.add(Files.readAllBytes(entry.file()));
      }
    }
    return tables;
  }

  @Override
  public void close() {
    session.discard(folder);
    session.giveBack(bytes);
  }
}
