package dev.picasso.app.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.Canvas;
import java.awt.image.BufferedImage;
import java.util.function.IntBinaryOperator;

/** Compares pictures pixel by pixel. */
final class Pixels {
  /** Levels of 255 by which a channel may differ: a rounding. */
  private static final int ROUNDING = 1;

  private Pixels() {}

  /** A place of a picture. */
  record Place(int x, int y) {}

  static Place ofLargest(HeatMap map) {
    Place best = new Place(0, 0);
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        best = map.at(x, y) > map.at(best.x, best.y) ? new Place(x, y) : best;
      }
    }
    return best;
  }

  static Place ofSmallest(HeatMap map) {
    float[] turned = map.values();
    for (int i = 0; i < turned.length; i++) {
      turned[i] = -turned[i];
    }
    return ofLargest(HeatMap.of(map.width(), map.height(), turned));
  }

  static void requireSame(BufferedImage picture, Canvas expected) {
    assertThat(picture.getWidth()).isEqualTo(expected.width());
    assertThat(picture.getHeight()).isEqualTo(expected.height());
    requireSame(picture, expected::argb);
  }

  /**
   * Requires that all pixels are as they should be, 0xRRGGBB by place.
   *
   * @throws AssertionError naming the first that is not
   */
  static void requireSame(BufferedImage picture, IntBinaryOperator expected) {
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int wanted = expected.applyAsInt(x, y);
        assertThat(distance(picture.getRGB(x, y), wanted))
            .as("(%d, %d) is %x, not %x", x, y, picture.getRGB(x, y), wanted)
            .isLessThanOrEqualTo(ROUNDING);
      }
    }
  }

  /** The largest difference of a channel, of 255. */
  static int distance(int rgb, int other) {
    int largest = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      largest = Math.max(largest, Math.abs((rgb >> shift & 0xFF) - (other >> shift & 0xFF)));
    }
    return largest;
  }

  /**
   * The colour in the middle of a pixel of the picture that an element shows, from a screenshot of
   * the element.
   */
  static int shown(BufferedImage screenshot, BufferedImage picture, Place place) {
    int x = (int) ((place.x + .5) * screenshot.getWidth() / picture.getWidth());
    int y = (int) ((place.y + .5) * screenshot.getHeight() / picture.getHeight());
    return screenshot.getRGB(x, y);
  }
}
