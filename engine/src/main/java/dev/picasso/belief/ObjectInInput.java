package dev.picasso.belief;

import dev.picasso.attribution.InapplicableException;
import dev.picasso.image.Frame;
import dev.picasso.image.segments.Mask;
import dev.picasso.image.segments.SeenMask;

/** Where an object is in the model's input: the pixels of which it takes at least the half. */
final class ObjectInInput {
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
    Mask seen = SeenMask.of(object, frame);
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
}
