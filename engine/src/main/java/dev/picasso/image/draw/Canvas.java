package dev.picasso.image.draw;

import dev.picasso.image.Picture;
import dev.picasso.image.PixelSource;
import dev.picasso.image.segments.Mask;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** A finished picture of 8 bits a channel, with transparency where nothing is known. */
public final class Canvas {
  private final BufferedImage image;

  Canvas(BufferedImage image) {
    this.image = image;
  }

  /** A picture as it is. */
  public static Canvas of(PixelSource picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    int[] pixels = Pixels.of(image);
    float[] row = new float[3 * picture.width()];
    int at = 0;
    for (int y = 0; y < picture.height(); y++) {
      picture.row(y, row);
      for (int x = 0; x < row.length; x += 3) {
        pixels[at++] = rgb(row[x], row[x + 1], row[x + 2]);
      }
    }
    return new Canvas(image);
  }

  /** What another program drew; the caller no longer changes it. */
  public static Canvas of(BufferedImage image) {
    return new Canvas(image);
  }

  /** A mask in white on black. */
  public static Canvas of(Mask mask) {
    BufferedImage image =
        new BufferedImage(mask.width(), mask.height(), BufferedImage.TYPE_BYTE_BINARY);
    for (int i = mask.next(0); i >= 0; i = mask.next(i + 1)) {
      image.setRGB(i % mask.width(), i / mask.width(), 0xFFFFFF);
    }
    return new Canvas(image);
  }

  /** A colour, 0xRRGGBB, of channels from 0 to 255. */
  static int rgb(float red, float green, float blue) {
    return (int) (red + .5f) << 16 | (int) (green + .5f) << 8 | (int) (blue + .5f);
  }

  public int width() {
    return image.getWidth();
  }

  public int height() {
    return image.getHeight();
  }

  /** One pixel, 0xAARRGGBB. */
  public int argb(int x, int y) {
    return image.getRGB(x, y);
  }

  /** The colours as a picture; what is transparent is not told. */
  public Picture picture() {
    float[] rgb = new float[3 * width() * height()];
    int at = 0;
    for (int y = 0; y < height(); y++) {
      for (int x = 0; x < width(); x++) {
        int colour = argb(x, y);
        rgb[at++] = colour >> 16 & 0xFF;
        rgb[at++] = colour >> 8 & 0xFF;
        rgb[at++] = colour & 0xFF;
      }
    }
    return Picture.of(width(), height(), rgb);
  }

  /** The picture as a new image, which the caller may change. */
  public BufferedImage image() {
    BufferedImage copy =
        new BufferedImage(
            width(),
            height(),
            image.getColorModel().hasAlpha()
                ? BufferedImage.TYPE_INT_ARGB
                : BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width()];
    for (int y = 0; y < height(); y++) {
      copy.setRGB(0, y, width(), 1, image.getRGB(0, y, width(), 1, row, 0, width()), 0, width());
    }
    return copy;
  }

  /** The same, larger or smaller, so that its longer side has so many pixels. */
  public Canvas fitting(int side) {
    double factor = (double) side / Math.max(width(), height());
    int width = (int) Math.max(1, Math.round(width() * factor));
    int height = (int) Math.max(1, Math.round(height() * factor));
    int how = factor < 1 ? Image.SCALE_AREA_AVERAGING : Image.SCALE_REPLICATE;
    BufferedImage fitted = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    var graphics = fitted.createGraphics();
    graphics.drawImage(image().getScaledInstance(width, height, how), 0, 0, null);
    graphics.dispose();
    return new Canvas(fitted);
  }

  /** The picture as the bytes of a PNG file. */
  public byte[] png() {
    return Png.of(image, Optional.empty());
  }

  /**
   * The same with the size at which it is printed.
   *
   * @param dpi pixels to an inch
   */
  public byte[] png(int dpi) {
    return Png.of(image, Optional.of(dpi));
  }
}
