package dev.picasso.format.tensorflow.checkpoint;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C, masked as LevelDB's tables and tensor bundles store it. */
final class Checksum {
  private static final int MASK = 0xa282ead8;

  private Checksum() {}

  /** Of all remaining bytes, whose position stays. */
  static int of(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return masked(crc);
  }

  static int masked(CRC32C crc) {
    int value = (int) crc.getValue();
    return Integer.rotateRight(value, 15) + MASK;
  }
}
