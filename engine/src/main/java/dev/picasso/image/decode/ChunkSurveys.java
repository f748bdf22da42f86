package dev.picasso.image.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks the chunks of the formats that are made of them: a name of four letters and a length. */
final class ChunkSurveys {
  private ChunkSurveys() {}

  /** PNG: length, name, contents, checksum; the last chunk is IEND. */
  static Survey png(byte[] file) {
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

  /** WebP: a RIFF file; name, little-endian length, contents, padding to even length. */
  static Survey webp(byte[] file) {
    ByteBuffer data = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    Orientation orientation = Orientation.UPRIGHT;
    if (8 + (data.getInt(4) & 0xFFFFFFFFL) > file.length) {
      return Survey.faulty(Survey.CUT_OFF);
    }
    long at = 12;
    while (at + 8 <= file.length) {
      long end = at + 8 + (data.getInt((int) at + 4) & 0xFFFFFFFFL);
      if (end > file.length) {
        break;
      }
      if (Integer.reverseBytes(data.getInt((int) at)) == name("EXIF")) {
        orientation = Exif.orientation(file, (int) at + 8, (int) end);
      }
      at = end + (end & 1);
    }
    return Survey.sound(orientation);
  }

  private static int name(String letters) {
    return letters.charAt(0) << 24
        | letters.charAt(1) << 16
        | letters.charAt(2) << 8
        | letters.charAt(3);
  }
}
