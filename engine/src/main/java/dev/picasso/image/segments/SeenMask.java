package dev.picasso.image.segments;

import dev.picasso.image.Frame;
import dev.picasso.image.Window;

/** Where a part of a picture is in a model's input: the pixels of which it takes more than half. */
public final class SeenMask {
  /** Places a side that are looked at in each pixel. */
  private static final int PLACES = 5;

  private SeenMask() {}

  /**
   * A mask of the picture as one of the model's input.
   *
   * @param mask lies over the whole picture, and may be coarser or finer than that
   * @return of the size of the model's input
   */
  public static Mask of(Mask mask, Frame frame) {
    Window bounds = mask.bounds();
    double toMaskX = (double) mask.width() / frame.originalWidth();
    double toMaskY = (double) mask.height() / frame.originalHeight();
    double left = frame.modelX(bounds.left() / toMaskX) - 1;
    double right = frame.modelX((bounds.left() + bounds.width()) / toMaskX);
    double top = frame.modelY(bounds.top() / toMaskY) - 1;
    double bottom = frame.modelY((bounds.top() + bounds.height()) / toMaskY);
    return Mask.of(
        frame.width(),
        frame.height(),
        i -> {
          int x = i % frame.width();
          int y = i / frame.width();
          boolean near = x >= left && x <= right && y >= top && y <= bottom;
          return near && isIn(mask, frame, toMaskX, toMaskY, x, y);
        });
  }

  private static boolean isIn(
      Mask mask, Frame frame, double toMaskX, double toMaskY, int x, int y) {
    int in = 0;
    for (int i = 0; i < PLACES * PLACES; i++) {
      int row = i / PLACES;
      double across = frame.originalX(x + (i % PLACES + .5) / PLACES) * toMaskX;
      double down = frame.originalY(y + (row + .5) / PLACES) * toMaskY;
      boolean inside = across >= 0 && down >= 0 && across < mask.width() && down < mask.height();
      in += inside && mask.has((int) across, (int) down) ? 1 : 0;
    }
    return 2 * in > PLACES * PLACES;
  }
}
