package dev.picasso.image.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks the chunks of a WebP file, a RIFF file: a name of four letters, little-endian length,
 * contents, padding to even length. The canvas (VP8X) tells the size of the picture; frames (VP8,
 * VP8L) have sizes of their own, which the decoder believes.
 */
final class WebpSurvey {
  private final ByteBuffer data;
  private Orientation orientation = Orientation.UPRIGHT;
  private int width = 1 << 14;
  private int height = 1 << 14;
  private boolean tooLarge;

  private WebpSurvey(byte[] file) {
    data = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  static Survey of(byte[] file) {
    WebpSurvey survey = new WebpSurvey(file);
    long end = 8 + (survey.data.getInt(4) & 0xFFFFFFFFL);
    if (end > file.length || !survey.walk(12, end)) {
      return Survey.faulty(Survey.CUT_OFF);
    }
    return survey.tooLarge
        ? Survey.faulty("a frame in it is larger than the picture")
        : Survey.sound(survey.orientation);
  }

  /** Whether all chunks end where the file ends, or before. */
  private boolean walk(long from, long to) {
    long at = from;
    while (at + 8 <= to) {
      long end = at + 8 + (data.getInt((int) at + 4) & 0xFFFFFFFFL);
      if (end > to) {
        return false;
      }
      visit((int) at, (int) at + 8, (int) end);
      at = end + (end & 1);
    }
    return true;
  }

  private void visit(int chunk, int start, int end) {
    byte[] name = new byte[4];
    data.get(chunk, name);
    switch (new String(name, StandardCharsets.ISO_8859_1)) {
      case "EXIF" -> orientation = Exif.orientation(data.array(), start, end);
      case "VP8X" -> {
        if (end - start >= 10) {
          width = 1 + (data.getInt(start + 3) >>> 8);
          height = 1 + (data.getInt(start + 6) >>> 8);
        }
      }
      case "VP8 " -> {
        if (end - start >= 10) {
          frame(data.getShort(start + 6) & 0x3FFF, data.getShort(start + 8) & 0x3FFF);
        }
      }
      case "VP8L" -> {
        if (end - start >= 5) {
          int sizes = data.getInt(start + 1);
          frame(1 + (sizes & 0x3FFF), 1 + ((sizes >>> 14) & 0x3FFF));
        }
      }
      case "ANMF" -> tooLarge |= !walk(Math.min(start + 16, end), end);
      default -> {
        // colours, metadata: nothing that matters here
      }
    }
  }

  private void frame(int frameWidth, int frameHeight) {
    tooLarge |= frameWidth > width || frameHeight > height;
  }
}
