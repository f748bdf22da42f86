package dev.picasso.belief;

import dev.picasso.attribution.InapplicableException;
import dev.picasso.image.Frame;
import dev.picasso.image.segments.Mask;

/** Where an object is in the model's input: the pixels of which it takes at least the half. */
final class ObjectInInput {
  /** Places a side that are looked at in each pixel. */
  private static final int PLACES = 5;

  private ObjectInInput() {}

  /**
   * A mask of the picture as one of the model's input.
   *
   * @throws InapplicableException if it is empty, of another size, or takes in all that the model
   *     sees or nothing of it
   */
  static Mask of(Mask object, Frame frame) {
    if (object.width() != frame.originalWidth() || object.height() != frame.originalHeight()) {
      throw new InapplicableException(
          "The mask has %d × %d pixels, the picture %d × %d; both must be of one size."
              .formatted(
                  object.width(), object.height(), frame.originalWidth(), frame.originalHeight()));
    }
    if (object.area() == 0) {
      throw new InapplicableException(
          "The mask is empty: no pixel of it is in, so that nothing can lie on the object.");
    }
    Mask seen =
        Mask.of(
            frame.width(),
            frame.height(),
            i -> isIn(object, frame, i % frame.width(), i / frame.width()));
    if (seen.area() == 0) {
      throw new InapplicableException(
          "The model sees nothing of the object: it is cut off, or takes less than the half of"
              + " each pixel of the model's input.");
    }
    if (seen.area() == seen.width() * seen.height()) {
      throw new InapplicableException(
          "The mask is all of the image, as far as the model sees it, so that every map lies on"
              + " the object.");
    }
    return seen;
  }

  private static boolean isIn(Mask object, Frame frame, int x, int y) {
    int in = 0;
    for (int i = 0; i < PLACES * PLACES; i++) {
      int row = i / PLACES;
      double across = frame.originalX(x + (i % PLACES + .5) / PLACES);
      double down = frame.originalY(y + (row + .5) / PLACES);
      boolean inside =
          across >= 0 && down >= 0 && across < object.width() && down < object.height();
      in += inside && object.has((int) across, (int) down) ? 1 : 0;
    }
    return 2 * in > PLACES * PLACES;
  }
}
