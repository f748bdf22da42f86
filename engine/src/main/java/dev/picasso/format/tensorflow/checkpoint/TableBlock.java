package dev.picasso.format.tensorflow.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * The contents of a table's block: entries of a key, whose beginning is that of the key before, and
 * a value; then the places where a key is whole, and their number.
 */
final class TableBlock {
  /** How much longer than the block all its keys together may be, written out. */
  private static final long MOST_EXPANDED = 64;

  private static final long SMALL = 1 << 20;

  private TableBlock() {}

  /**
   * Gives each key and value; the key is an array of its own, the value part of the block.
   *
   * @return what is wrong with the block; empty if nothing is
   */
  static String entries(ByteBuffer block, BiConsumer<ByteBuffer, ByteBuffer> action) {
    ByteBuffer in = block.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (in.limit() < 4) {
      return "a block is too short";
    }
    long restarts = in.getInt(in.limit() - 4) & 0xFFFFFFFFL;
    if (restarts > (in.limit() - 4) / 4) {
      return "a block is too short for its list of keys";
    }
    in.limit((int) (in.limit() - 4 - 4 * restarts));
    byte[] key = {};
    long expanded = 0;
    while (in.hasRemaining()) {
      OptionalLong shared = Bytes.varint(in);
      OptionalLong own = Bytes.varint(in);
      OptionalLong length = Bytes.varint(in);
      if (shared.isEmpty()
          || own.isEmpty()
          || length.isEmpty()
          || shared.getAsLong() > key.length
          || own.getAsLong() > in.remaining()
          || length.getAsLong() > in.remaining() - own.getAsLong()) {
        return "an entry reaches out of its block";
      }
      expanded += shared.getAsLong() + own.getAsLong();
      if (expanded > SMALL + MOST_EXPANDED * block.remaining()) {
        return "the keys of a block are absurdly long";
      }
      int start = (int) shared.getAsLong();
      byte[] next = Arrays.copyOf(key, start + (int) own.getAsLong());
      in.get(next, start, next.length - start);
      key = next;
      ByteBuffer value = in.slice(in.position(), (int) length.getAsLong());
      in.position(in.position() + (int) length.getAsLong());
      action.accept(ByteBuffer.wrap(key), value.order(ByteOrder.LITTLE_ENDIAN));
    }
    return "";
  }
}
