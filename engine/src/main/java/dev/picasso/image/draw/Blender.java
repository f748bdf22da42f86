package dev.picasso.image.draw;

import dev.picasso.image.HeatMap;
import dev.picasso.image.Picture;
import java.awt.image.BufferedImage;

/**
 * Puts a map and its picture together, pixel by pixel. Where the map has no number the picture is
 * dark, or nothing where the map is alone.
 *
 * @param picture what is below
 * @param map of the size of the picture
 */
record Blender(Picture picture, HeatMap map, Scale scale) {
  BufferedImage alone() {
    return drawn(
        BufferedImage.TYPE_INT_ARGB,
        (red, green, blue, value) -> Float.isNaN(value) ? 0 : 0xFF000000 | scale.rgb(value));
  }

  /**
   * The map over the picture.
   *
   * @param opacity the weight of the map; the picture has the rest
   */
  BufferedImage over(float opacity) {
    return seen((red, green, blue, value) -> Mix.with(red, green, blue, opacity, scale.rgb(value)));
  }

  /** The map over the picture, its weight in proportion to its strength. */
  BufferedImage byStrength(float opacity) {
    return seen(
        (red, green, blue, value) -> {
          float weight = (float) (opacity * Math.abs(scale.strength(value)));
          return Mix.with(red, green, blue, weight, scale.rgb(value));
        });
  }

  /** The picture where the map is at least that strong; elsewhere grey and dark. */
  BufferedImage masked(double threshold) {
    return seen(
        (red, green, blue, value) ->
            scale.strength(value) >= threshold
                ? Canvas.rgb(red, green, blue)
                : Mix.darkGrey(red, green, blue));
  }

  /** The picture alone. */
  BufferedImage below() {
    return seen((red, green, blue, value) -> Canvas.rgb(red, green, blue));
  }

  private BufferedImage seen(Painter painter) {
    return drawn(
        BufferedImage.TYPE_INT_RGB,
        (red, green, blue, value) ->
            Float.isNaN(value)
                ? Mix.dark(red, green, blue)
                : painter.argb(red, green, blue, value));
  }

  private BufferedImage drawn(int type, Painter painter) {
    BufferedImage image = new BufferedImage(map.width(), map.height(), type);
    int[] pixels = Pixels.of(image);
    float[] row = new float[3 * map.width()];
    int at = 0;
    for (int y = 0; y < map.height(); y++) {
      picture.row(y, row);
      for (int x = 0; x < map.width(); x++) {
        float value = map.at(x, y);
        pixels[at++] = painter.argb(row[3 * x], row[3 * x + 1], row[3 * x + 2], value);
      }
    }
    return image;
  }

  /** The colour of a pixel, from the picture's there and the number of the map. */
  @FunctionalInterface
  private interface Painter {
    int argb(float red, float green, float blue, float value);
  }
}
