package dev.picasso.image.draw;

import dev.picasso.image.HeatMap;
import java.awt.image.BufferedImage;

/**
 * Puts a map and its picture together, pixel by pixel. Where the map has no number the picture is
 * dark, or nothing where the map is alone.
 *
 * @param picture what is below
 * @param map of the size of the picture
 */
record Blender(Mix picture, HeatMap map, Scale scale) {
  BufferedImage alone() {
    return drawn(
        BufferedImage.TYPE_INT_ARGB,
        (x, y, value) -> Float.isNaN(value) ? 0 : 0xFF000000 | scale.rgb(value));
  }

  /**
   * The map over the picture.
   *
   * @param opacity the weight of the map; the picture has the rest
   */
  BufferedImage over(float opacity) {
    return seen((x, y, value) -> picture.with(x, y, opacity, scale.rgb(value)));
  }

  /** The map over the picture, its weight in proportion to its strength. */
  BufferedImage byStrength(float opacity) {
    return seen(
        (x, y, value) ->
            picture.with(
                x, y, (float) (opacity * Math.abs(scale.strength(value))), scale.rgb(value)));
  }

  /** The picture where the map is at least that strong; elsewhere grey and dark. */
  BufferedImage masked(double threshold) {
    return seen(
        (x, y, value) ->
            scale.strength(value) >= threshold ? picture.plain(x, y) : picture.darkGrey(x, y));
  }

  /** The picture alone. */
  BufferedImage below() {
    return seen((x, y, value) -> picture.plain(x, y));
  }

  private BufferedImage seen(Painter painter) {
    return drawn(
        BufferedImage.TYPE_INT_RGB,
        (x, y, value) -> Float.isNaN(value) ? picture.dark(x, y) : painter.argb(x, y, value));
  }

  private BufferedImage drawn(int type, Painter painter) {
    BufferedImage image = new BufferedImage(map.width(), map.height(), type);
    int[] pixels = Pixels.of(image);
    int at = 0;
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        pixels[at++] = painter.argb(x, y, map.at(x, y));
      }
    }
    return image;
  }

  /** The colour of a pixel. */
  @FunctionalInterface
  private interface Painter {
    int argb(int x, int y, float value);
  }
}
