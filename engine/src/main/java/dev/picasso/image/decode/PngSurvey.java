package dev.picasso.image.decode;

import java.nio.ByteBuffer;

/** Walks the chunks of a PNG file: length, name, contents, checksum; the last one is IEND. */
final class PngSurvey {
  private PngSurvey() {}

  static Survey of(byte[] file) {
    ByteBuffer data = ByteBuffer.wrap(file);
    Orientation orientation = Orientation.UPRIGHT;
    long at = 8;
    while (at + 12 <= file.length) {
      long length = data.getInt((int) at) & 0xFFFFFFFFL;
      int name = data.getInt((int) at + 4);
      long end = at + 12 + length;
      if (end > file.length) {
        break;
      }
      if (name == name("eXIf")) {
        orientation = Exif.orientation(file, (int) at + 8, (int) end - 4);
      } else if (name == name("IEND")) {
        return Survey.sound(orientation);
      }
      at = end;
    }
    return Survey.faulty(Survey.CUT_OFF);
  }

  private static int name(String letters) {
    return letters.charAt(0) << 24
        | letters.charAt(1) << 16
        | letters.charAt(2) << 8
        | letters.charAt(3);
  }
}
