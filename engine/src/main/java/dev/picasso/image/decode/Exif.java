package dev.picasso.image.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Tags of EXIF, of which one changes the picture: its orientation. EXIF is a small TIFF file inside
 * the image file; the tag stands in its first directory. Broken EXIF is no fault of the picture and
 * counts as none.
 */
final class Exif {
  private static final byte[] PREFIX = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int ORIENTATION_TAG = 0x0112;
  private static final int SHORT_TYPE = 3;

  private Exif() {}

  /** Whether bytes begin as EXIF does in JPEG files. */
  static boolean startsWithPrefix(byte[] file, int start, int end) {
    return end - start >= PREFIX.length
        && java.util.Arrays.equals(file, start, start + PREFIX.length, PREFIX, 0, PREFIX.length);
  }

  /** The orientation in the EXIF block, with or without its prefix, at those bytes of a file. */
  static Orientation orientation(byte[] file, int start, int end) {
    return Orientation.ofExif(tag(file, start, end, ORIENTATION_TAG));
  }

  /** A tag that holds a short integer, or the first of two; −1 where there is none. */
  static int tag(byte[] file, int start, int end, int tag) {
    int tiff = startsWithPrefix(file, start, end) ? start + PREFIX.length : start;
    if (end - tiff < 8) {
      return -1;
    }
    ByteBuffer data = ByteBuffer.wrap(file, tiff, end - tiff).slice();
    data.order(data.get(0) == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long directory = data.getInt(4) & 0xFFFFFFFFL;
    if (directory + 2 > data.limit()) {
      return -1;
    }
    int entries = data.getShort((int) directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + 12L * i;
      if (entry + 12 > data.limit()) {
        break;
      }
      int at = (int) entry;
      if ((data.getShort(at) & 0xFFFF) == tag && data.getShort(at + 2) == SHORT_TYPE) {
        return data.getShort(at + 8) & 0xFFFF;
      }
    }
    return -1;
  }
}
