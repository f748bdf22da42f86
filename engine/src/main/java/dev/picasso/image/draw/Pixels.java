package dev.picasso.image.draw;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Optional;

/**
 * The pixels of pictures that have one int each. Java's own way to a pixel goes through a colour
 * model, which takes longer than to draw it.
 */
final class Pixels {
  private Pixels() {}

  /**
   * Those of a new picture, 0xAARRGGBB row by row; written to, they change it.
   *
   * @param image of the types RGB or ARGB, and no part of another
   */
  static int[] of(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  /** The same of a picture that somebody else made, if it has such. */
  static Optional<int[]> in(BufferedImage image) {
    boolean plain =
        image.getType() == BufferedImage.TYPE_INT_RGB
            || image.getType() == BufferedImage.TYPE_INT_ARGB;
    return plain && image.getRaster().getParent() == null
        ? Optional.of(of(image))
        : Optional.empty();
  }
}
