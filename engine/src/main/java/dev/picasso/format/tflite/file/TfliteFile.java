package dev.picasso.format.tflite.file;

import dev.picasso.format.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/** Opens files: those that begin with a FlatBuffer, weights behind it or within it. */
public final class TfliteFile {
  private static final int IDENTIFIER = 4;

  private TfliteFile() {}

  /**
   * Whether a file holds a model: it says so at its byte 4, or, as some old ones do not, its tables
   * are those of one.
   *
   * @param head the first bytes
   */
  public static boolean isModel(Path path, byte[] head) {
    if (identifier(head).equals(Schema.MODEL)) {
      return true;
    }
    if (head.length < 32 || !rootFollows(head)) {
      return false;
    }
    try {
      read(path);
      return true;
    } catch (ModelException e) {
      return false;
    }
  }

  private static String identifier(byte[] head) {
    return head.length < 2 * IDENTIFIER
        ? ""
        : new String(head, IDENTIFIER, IDENTIFIER, StandardCharsets.ISO_8859_1);
  }

  /** A FlatBuffer's first table lies near its beginning, behind its vtable. */
  private static boolean rootFollows(byte[] head) {
    int root = ByteBuffer.wrap(head).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt();
    return root > IDENTIFIER && root < head.length;
  }

  /**
   * Reads a model; its weights stay where they lie.
   *
   * @throws ModelException if it is none, or damaged
   */
  public static TfliteModel read(Path path) {
    String name = String.valueOf(path.getFileName());
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer start =
          channel.map(MapMode.READ_ONLY, 0, Math.min(channel.size(), Integer.MAX_VALUE));
      return new ModelReader(new FlatBytes(name, start), outside(name, channel, start)).read();
    } catch (IOException e) {
      throw new ModelException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Where bytes lie that are not in the FlatBuffer. */
  record Region(long offset, long size) {}

  /** Weights beyond two gigabytes stand behind the FlatBuffer, which knows where. */
  private static Function<Region, ByteBuffer> outside(
      String name, FileChannel channel, ByteBuffer start) {
    return region -> {
      try {
        long all = channel.size();
        boolean inside =
            region.offset() >= 0
                && region.size() >= 0
                && region.size() <= Integer.MAX_VALUE
                && region.offset() <= all - region.size();
        if (!inside) {
          throw new ModelException(
              "%s: is cut off: weights of %d bytes lie at byte %d of %d. Copy it again."
                  .formatted(name, region.size(), region.offset(), all));
        }
        return region.offset() + region.size() <= start.limit()
            ? start.slice((int) region.offset(), (int) region.size()).asReadOnlyBuffer()
            : channel.map(MapMode.READ_ONLY, region.offset(), region.size());
      } catch (IOException e) {
        throw new ModelException(name + ": cannot be read: " + e.getMessage(), e);
      }
    };
  }
}
