package dev.picasso.image.draw;

import dev.picasso.PicassoException;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Words in pictures, in the machine's sans-serif font. */
final class Lettering implements AutoCloseable {
  private static final String CUT = "…";

  private final Graphics2D graphics;
  private final FontMetrics metrics;

  private Lettering(Graphics2D graphics, FontMetrics metrics) {
    this.graphics = graphics;
    this.metrics = metrics;
  }

  /**
   * Begins to write on a picture, in dark grey.
   *
   * @param size of the letters, in pixels
   * @throws PicassoException if the machine has no fonts
   */
  static Lettering on(BufferedImage image, int size) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(new Color(0x222222));
    try {
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
      return new Lettering(graphics, graphics.getFontMetrics());
    } catch (RuntimeException | LinkageError | InternalError e) {
      // Java has no way to ask before: without fonts it fails in one of several ways.
      graphics.dispose();
      throw new PicassoException(
          "Words cannot be drawn into a picture: this machine has no fonts. Install fontconfig and"
              + " a font, such as DejaVu.",
          e);
    }
  }

  /** The height of a line. */
  int height() {
    return metrics.getHeight();
  }

  int width(String text) {
    return metrics.stringWidth(text);
  }

  /** Writes a text, its upper left corner at a place. */
  void write(String text, int x, int y) {
    graphics.drawString(text, x, y + metrics.getAscent());
  }

  /** As much of a text as has place. */
  String fitting(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + CUT) > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end).stripTrailing() + CUT;
  }

  @Override
  public void close() {
    graphics.dispose();
  }
}
