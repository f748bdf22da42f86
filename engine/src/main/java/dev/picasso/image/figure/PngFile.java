package dev.picasso.image.figure;

import dev.picasso.PicassoException;
import dev.picasso.image.draw.Canvas;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Writes a figure as PNG, on white, with the size at which it is printed. */
final class PngFile {
  /** More pixels than screens and readers of images take. */
  private static final long LARGEST = 100_000_000;

  private PngFile() {}

  /**
   * The bytes of a file.
   *
   * @param dpi pixels to an inch
   * @throws PicassoException if it would be too large
   */
  static byte[] of(Figure figure, Letters letters, int dpi) {
    double scale = dpi / 25.4;
    long width = Math.round(figure.width() * scale);
    long height = Math.round(figure.height() * scale);
    if (width * height > LARGEST) {
      throw new PicassoException(
          "A figure of %d × %d pixels is too large; take fewer rows or fewer dpi, or write it as"
                  .formatted(width, height)
              + " PDF.");
    }
    BufferedImage sheet = new BufferedImage((int) width, (int) height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, (int) width, (int) height);
      graphics.setColor(Color.BLACK);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      for (Figure.Mark mark : figure.marks()) {
        if (mark instanceof Figure.Words words) {
          write(words, letters, graphics, scale);
        } else if (mark instanceof Figure.Image image) {
          draw(image, graphics, scale);
        }
      }
    } finally {
      graphics.dispose();
    }
    return Canvas.of(sheet).png(dpi);
  }

  private static void write(
      Figure.Words words, Letters letters, Graphics2D graphics, double scale) {
    double width = letters.width(words.text(), words.points());
    double before =
        switch (words.align()) {
          case START -> 0;
          case MIDDLE -> width / 2;
          case END -> width;
        };
    AffineTransform place =
        AffineTransform.getTranslateInstance(words.x() * scale, words.y() * scale);
    if (words.turned()) {
      place.rotate(-Math.PI / 2);
    }
    place.translate(-before * scale, 0);
    double height = words.points() * Figure.POINT * scale;
    graphics.fill(place.createTransformedShape(letters.outlines(words.text(), height)));
  }

  private static void draw(Figure.Image image, Graphics2D graphics, double scale) {
    int left = (int) Math.round(image.x() * scale);
    int top = (int) Math.round(image.y() * scale);
    int right = (int) Math.round((image.x() + image.width()) * scale);
    int bottom = (int) Math.round((image.y() + image.height()) * scale);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        image.crisp()
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(
        image.picture().image(),
        left,
        top,
        Math.max(1, right - left),
        Math.max(1, bottom - top),
        null);
  }
}
