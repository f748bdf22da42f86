package dev.picasso.image.draw;

import dev.picasso.image.Frame;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Interpolation;
import dev.picasso.image.Picture;
import dev.picasso.image.PixelSource;
import dev.picasso.image.Preprocessing;
import dev.picasso.image.Preprocessor;
import java.awt.image.BufferedImage;

/**
 * Draws heat maps in the frame of the original picture: over it, or alone.
 *
 * @param picture the original at the size at which it is shown
 * @param frame the way from the model's pixels to the original
 */
public record Drawing(Picture picture, Frame frame) {
  /** The longest side of what is drawn; photographs are larger, screens are not. */
  private static final int LONGEST = 1600;

  /** How much of the picture shows where the model sees nothing. */
  private static final float UNSEEN = .35f;

  /**
   * Drawings for a picture. Large ones are shrunk to 1600 pixels a side; small ones grow by a whole
   * factor until the model's pixels fit.
   */
  public static Drawing of(PixelSource original, Frame frame) {
    int longest = Math.max(original.width(), original.height());
    if (longest > LONGEST) {
      double factor = (double) LONGEST / longest;
      int width = (int) Math.max(1, Math.round(original.width() * factor));
      int height = (int) Math.max(1, Math.round(original.height() * factor));
      return new Drawing(resized(original, width, height), frame);
    }
    double modelPixels = Math.max(1 / frame.scaleX(), 1 / frame.scaleY());
    int factor = (int) Math.min(Math.ceil(modelPixels - .01), (double) LONGEST / longest);
    return new Drawing(enlarged(original, Math.max(1, factor)), frame);
  }

  private static Picture resized(PixelSource original, int width, int height) {
    return new Preprocessor(Preprocessing.of(height, width)).fit(original).pixels();
  }

  private static Picture enlarged(PixelSource original, int factor) {
    Picture picture = Picture.of(original);
    if (factor == 1) {
      return picture;
    }
    int width = picture.width() * factor;
    int height = picture.height() * factor;
    float[] rgb = new float[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          rgb[3 * (y * width + x) + c] = picture.sample(x / factor, y / factor, c);
        }
      }
    }
    return Picture.of(width, height, rgb);
  }

  /** The original alone. */
  public Canvas original() {
    return Canvas.of(picture);
  }

  /**
   * A map alone, as large as the picture; transparent where the model sees nothing.
   *
   * @param map covers the model's input
   */
  public Canvas map(HeatMap map, Scale scale) {
    HeatMap placed = placed(map);
    BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height(); y++) {
      for (int x = 0; x < width(); x++) {
        float value = placed.at(x, y);
        image.setRGB(x, y, Float.isNaN(value) ? 0 : 0xFF000000 | scale.rgb(value));
      }
    }
    return new Canvas(image);
  }

  /**
   * A map over the picture. Where the model sees nothing, the picture is shown darker.
   *
   * @param map covers the model's input
   * @param transparency the weight of the picture, 0 to 1; the map has the rest
   */
  public Canvas overlay(HeatMap map, Scale scale, double transparency) {
    HeatMap placed = placed(map);
    BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
    float under = (float) transparency;
    for (int y = 0; y < height(); y++) {
      for (int x = 0; x < width(); x++) {
        float value = placed.at(x, y);
        boolean unseen = Float.isNaN(value);
        int colour = unseen ? 0 : scale.rgb(value);
        image.setRGB(x, y, blend(x, y, unseen ? UNSEEN : under, unseen ? 0 : 1 - under, colour));
      }
    }
    return new Canvas(image);
  }

  private int blend(int x, int y, float under, float over, int colour) {
    return Canvas.rgb(
        under * picture.sample(x, y, 0) + over * (colour >> 16 & 0xFF),
        under * picture.sample(x, y, 1) + over * (colour >> 8 & 0xFF),
        under * picture.sample(x, y, 2) + over * (colour & 0xFF));
  }

  private int width() {
    return picture.width();
  }

  private int height() {
    return picture.height();
  }

  private HeatMap placed(HeatMap map) {
    return frame.toOriginal(map, width(), height(), Interpolation.SMOOTH);
  }
}
