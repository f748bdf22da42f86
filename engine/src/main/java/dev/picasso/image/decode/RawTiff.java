package dev.picasso.image.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tells raw photographs from other files in the frame of a TIFF: DNG by its version, CR2 by its
 * mark, NEF, ARW and the like by a first picture that is a preview of others inside of it.
 */
final class RawTiff {
  private static final int NEW_SUBFILE_TYPE = 0xFE;
  private static final int SUB_IFDS = 0x14A;
  private static final int DNG_VERSION = 0xC612;
  private static final int ENTRY = 12;

  private RawTiff() {}

  static boolean is(byte[] file) {
    boolean little = Signature.matches("49492a00", file);
    if (!little && !Signature.matches("4d4d002a", file)) {
      return false;
    }
    return Signature.matches("4352", file, 8)
        || hasRawTags(
            ByteBuffer.wrap(file).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));
  }

  private static boolean hasRawTags(ByteBuffer file) {
    if (file.limit() < 8) {
      return false;
    }
    long at = file.getInt(4) & 0xFFFFFFFFL;
    if (at + 2 > file.limit()) {
      return false;
    }
    int count = file.getShort((int) at) & 0xFFFF;
    boolean preview = false;
    boolean others = false;
    for (int i = 0; i < count && at + 2 + (i + 1L) * ENTRY <= file.limit(); i++) {
      int entry = (int) at + 2 + i * ENTRY;
      int tag = file.getShort(entry) & 0xFFFF;
      if (tag == DNG_VERSION) {
        return true;
      }
      preview |= tag == NEW_SUBFILE_TYPE && (file.getInt(entry + 8) & 1) == 1;
      others |= tag == SUB_IFDS;
    }
    return preview && others;
  }
}
