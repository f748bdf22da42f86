package dev.picasso.format.keras.file;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Files with numbers of a type that HDF5 does not know, as bfloat16: two bytes without meaning and
 * without a name, which the library cannot read. In memory they are made texts of two bytes, whose
 * description is as long.
 */
final class OpaqueTypes {
  /** A message of 8 bytes with a type, as object headers of version 1 have it. */
  private static final long TYPE_MESSAGE = 0x0000_0000_0008_0003L;

  private static final long FLAGS = 0x0000_00FF_0000_0000L;

  /** Two bytes without meaning or a name. */
  private static final long OPAQUE = 0x0000_0002_0000_0015L;

  private static final long TEXT = 0x0000_0002_0000_0013L;

  private OpaqueTypes() {}

  /** The file with such types made readable; empty where it has none. */
  static Optional<HdfFile> madeReadable(Path path, long length) {
    if (length > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return hasAny(channel.map(MapMode.READ_ONLY, 0, length))
          ? changed(copy(channel, length))
          : Optional.empty();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return Optional.empty();
    }
  }

  private static boolean hasAny(ByteBuffer bytes) {
    return next(bytes.order(ByteOrder.LITTLE_ENDIAN), 0).isPresent();
  }

  private static ByteBuffer copy(FileChannel channel, long length) throws IOException {
    ByteBuffer copy = ByteBuffer.allocateDirect(Math.toIntExact(length));
    while (copy.hasRemaining() && channel.read(copy) >= 0) {
      // reads may stop early
    }
    return copy.flip();
  }

  /** Where the next such type stands, from some place on. */
  private static Optional<Integer> next(ByteBuffer words, int from) {
    for (int at = from; at + 2 * Long.BYTES <= words.limit(); at += Long.BYTES) {
      if (words.getLong(at + Long.BYTES) == OPAQUE
          && (words.getLong(at) & ~FLAGS) == TYPE_MESSAGE) {
        return Optional.of(at + Long.BYTES);
      }
    }
    return Optional.empty();
  }

  private static Optional<HdfFile> changed(ByteBuffer bytes) {
    ByteBuffer words = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    Optional<Integer> place = next(words, 0);
    while (place.isPresent()) {
      words.putLong(place.get(), TEXT);
      place = next(words, place.get());
    }
    return Optional.of(HdfFile.fromByteBuffer(bytes));
  }
}
