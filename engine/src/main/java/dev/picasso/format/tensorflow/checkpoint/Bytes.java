package dev.picasso.format.tensorflow.checkpoint;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Numbers of variable length, as protocol buffers and LevelDB write them. */
final class Bytes {
  private Bytes() {}

  /**
   * Seven bits a byte, the lowest first; the buffer then stands behind it.
   *
   * @return empty if it ends too early, is longer than ten bytes, or is negative as a long
   */
  static OptionalLong varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64 && in.hasRemaining(); shift += 7) {
      byte next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
      }
    }
    return OptionalLong.empty();
  }
}
