package dev.picasso.image.figure;

import dev.picasso.image.draw.Canvas;

/** How many pixels of a picture are printed. */
final class Sampling {
  /** Pictures of fewer pixels are shown pixel by pixel; photographs are smooth. */
  private static final int SMALL = 150;

  private Sampling() {}

  /**
   * A picture with no more pixels than are printed. One of few pixels grows by a whole factor,
   * since viewers would smooth it.
   *
   * @param width in pixels, as it is printed
   */
  static Canvas forPrint(Canvas picture, int width) {
    int longer = Math.max(picture.width(), picture.height());
    if (picture.width() > width) {
      double share = (double) width / picture.width();
      return picture.fitting((int) Math.max(1, Math.round(longer * share)));
    }
    int factor = width / picture.width();
    return longer <= SMALL && factor > 1 ? picture.fitting(longer * factor) : picture;
  }
}
