package dev.picasso.format.tflite.file;

import dev.picasso.format.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a FlatBuffer. Every number is checked to lie inside before it is read, and what is
 * read out of it is counted: a table may be referred to from many places, so that a small file
 * could otherwise stand for an endless model.
 */
final class FlatBytes {
  /** How often, on average, a byte may be read again. */
  private static final long SHARING = 4;

  private static final long SMALL = 1 << 20;

  private final String file;
  private final ByteBuffer bytes;
  private long budget;

  /**
   * A buffer.
   *
   * @param file what messages call it
   * @param bytes all of it, from position 0 to the limit
   */
  FlatBytes(String file, ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.budget = SMALL + SHARING * bytes.remaining();
  }

  String file() {
    return file;
  }

  int size() {
    return bytes.limit();
  }

  int int8(long at) {
    return bytes.get(inside(at, 1));
  }

  int uint16(long at) {
    return bytes.getShort(inside(at, 2)) & 0xFFFF;
  }

  int int32(long at) {
    return bytes.getInt(inside(at, 4));
  }

  long uint32(long at) {
    return int32(at) & 0xFFFFFFFFL;
  }

  long int64(long at) {
    return bytes.getLong(inside(at, 8));
  }

  float float32(long at) {
    return bytes.getFloat(inside(at, 4));
  }

  /** Bytes where they lie, read-only. */
  ByteBuffer slice(long at, long length) {
    return bytes.slice(inside(at, length), (int) length).asReadOnlyBuffer();
  }

  /** Says that so many bytes are copied out of the buffer. */
  void spend(long count) {
    budget -= count;
    if (budget < 0) {
      throw new ModelException(
          file + ": is no sound model: its parts stand in it again and again. Export it again.");
    }
  }

  private int inside(long at, long length) {
    if (at < 0 || length < 0 || at > size() - length) {
      throw damaged("it points to byte " + at + " of " + size());
    }
    return (int) at;
  }

  ModelException damaged(String what) {
    return new ModelException(
        file
            + ": is damaged, cut off, or no TensorFlow Lite model ("
            + what
            + "). Copy or convert it again.");
  }
}
