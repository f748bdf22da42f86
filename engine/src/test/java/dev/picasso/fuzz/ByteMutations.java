package dev.picasso.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Damage that knows nothing of what is in a file. */
final class ByteMutations implements Mutation {
  private final byte[] other;

  /**
   * Damages files.
   *
   * @param other a file from which parts are taken over
   */
  ByteMutations(byte[] other) {
    this.other = other;
  }

  @Override
  public byte[] of(byte[] content, Dice dice) {
    if (content.length < 16) {
      return dice.bytes(dice.below(32));
    }
    byte[] bytes = content.clone();
    int at = dice.below(bytes.length);
    int length = 1 + dice.below(Math.min(bytes.length - at, dice.chance(.5) ? 8 : 4096));
    switch (dice.below(12)) {
      case 0:
        return Arrays.copyOf(bytes, at);
      case 1:
        bytes[at] ^= (byte) (1 << dice.below(8));
        return bytes;
      case 2:
        bytes[at] = (byte) dice.below(256);
        return bytes;
      case 3:
        return joined(bytes, at, dice.bytes(length), at);
      case 4:
        return joined(bytes, at, new byte[0], at + length);
      case 5:
        return joined(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at);
      case 6:
        int from = dice.below(bytes.length - length + 1);
        byte[] moved = Arrays.copyOfRange(bytes, from, from + length);
        System.arraycopy(bytes, at, bytes, from, length);
        System.arraycopy(moved, 0, bytes, at, length);
        return bytes;
      case 7:
        int cut = dice.below(other.length + 1);
        return joined(bytes, at, Arrays.copyOfRange(other, cut, other.length), bytes.length);
      case 8:
        Arrays.fill(bytes, at, at + length, (byte) (dice.chance(.5) ? 0 : -1));
        return bytes;
      default:
        return withNumber(bytes, at, dice);
    }
  }

  /** A number of one to eight bytes, mostly where numbers lie. */
  private static byte[] withNumber(byte[] bytes, int place, Dice dice) {
    int width = 1 << dice.below(4);
    int at = Math.min(dice.chance(.8) ? place / width * width : place, bytes.length - width);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    in.order(dice.chance(.9) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    switch (width) {
      case 1 -> in.put(at, (byte) dice.number(in.get(at)));
      case 2 -> in.putShort(at, (short) dice.number(in.getShort(at)));
      case 4 ->
          in.putInt(
              at, dice.chance(.3) ? dice.below(bytes.length) : (int) dice.number(in.getInt(at)));
      default ->
          in.putLong(at, dice.chance(.3) ? dice.below(bytes.length) : dice.number(in.getLong(at)));
    }
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int end, byte[] inserted, int again) {
    byte[] all = Arrays.copyOf(bytes, end + inserted.length + bytes.length - again);
    System.arraycopy(inserted, 0, all, end, inserted.length);
    System.arraycopy(bytes, again, all, end + inserted.length, bytes.length - again);
    return all;
  }
}
