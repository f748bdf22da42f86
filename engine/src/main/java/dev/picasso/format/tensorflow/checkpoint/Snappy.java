package dev.picasso.format.tensorflow.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decompresses a block of Snappy: the length of what comes out, then literals and copies of what
 * already came. See the format description in google/snappy.
 */
final class Snappy {
  /** The shortest copy of the most bytes: 64 for three. */
  private static final long MOST_FROM_ONE = 22;

  private Snappy() {}

  /** What was compressed; empty if the bytes are damaged. */
  static Optional<byte[]> decompress(ByteBuffer compressed) {
    ByteBuffer in = compressed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    OptionalLong length = Bytes.varint(in);
    if (length.isEmpty()
        || length.getAsLong() > Math.min(Integer.MAX_VALUE - 8L, MOST_FROM_ONE * in.remaining())) {
      return Optional.empty();
    }
    byte[] out = new byte[(int) length.getAsLong()];
    int at = 0;
    while (in.hasRemaining()) {
      int tag = in.get() & 0xFF;
      int kind = tag & 3;
      int trailing = kind == 0 ? literalBytes(tag) : kind == 3 ? 4 : kind;
      if (in.remaining() < trailing) {
        return Optional.empty();
      }
      long number = unsigned(in, trailing);
      if (kind == 0) {
        long count = 1 + (trailing == 0 ? tag >> 2 : number);
        if (count > in.remaining() || count > out.length - at) {
          return Optional.empty();
        }
        in.get(out, at, (int) count);
        at += (int) count;
      } else {
        int count = kind == 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
        long back = kind == 1 ? ((tag >> 5) << 8) | number : number;
        if (back == 0 || back > at || count > out.length - at) {
          return Optional.empty();
        }
        // Byte by byte: a copy may reach into what it writes.
        for (int i = 0; i < count; i++, at++) {
          out[at] = out[at - (int) back];
        }
      }
    }
    return at == out.length ? Optional.of(out) : Optional.empty();
  }

  /** How many bytes after its tag give a literal's length, where the tag itself does not. */
  private static int literalBytes(int tag) {
    return Math.max(0, (tag >> 2) - 59);
  }

  private static long unsigned(ByteBuffer in, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (in.get() & 0xFFL) << (8 * i);
    }
    return value;
  }
}
