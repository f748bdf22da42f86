package dev.picasso.belief;

import dev.picasso.PicassoException;
import dev.picasso.image.segments.Mask;
import dev.picasso.visualization.ImageInput;
import java.util.Arrays;
import java.util.Optional;

/** Tells where the class is in an image, in pixels of the original picture. */
@FunctionalInterface
public interface Objects {
  /** Nothing is known of any image. */
  Objects UNKNOWN = image -> Optional.empty();

  /**
   * Where it is; empty where that is not known.
   *
   * @throws PicassoException if what is known does not fit the image
   */
  Optional<Mask> in(ImageInput image);

  /**
   * A box in all images, as people write it: left, top, width, height; an empty text is no box.
   *
   * @throws PicassoException if it is no box
   */
  static Objects box(String text) {
    if (text.isBlank()) {
      return UNKNOWN;
    }
    int[] box;
    try {
      box =
          Arrays.stream(text.split(",", -1))
              .map(String::strip)
              .mapToInt(Integer::parseInt)
              .toArray();
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
    if (box.length != 4 || box[0] < 0 || box[1] < 0 || box[2] < 1 || box[3] < 1) {
      throw wrong(text);
    }
    return image -> Optional.of(inside(image, box));
  }

  private static PicassoException wrong(String text) {
    return new PicassoException(
        "'"
            + (text.length() > 60 ? text.substring(0, 60) + "…" : text)
            + "' is no box; write left,"
            + " top, width and height in pixels of the picture, as in 20,30,100,80.");
  }

  private static Mask inside(ImageInput image, int[] box) {
    int width = image.original().width();
    int height = image.original().height();
    if ((long) box[0] + box[2] > width || (long) box[1] + box[3] > height) {
      throw new PicassoException(
          "The box ends at %d, %d; %s has %d × %d pixels."
              .formatted(
                  (long) box[0] + box[2], (long) box[1] + box[3], image.name(), width, height));
    }
    return Mask.of(
        width,
        height,
        i -> {
          int x = i % width - box[0];
          int y = i / width - box[1];
          return x >= 0 && x < box[2] && y >= 0 && y < box[3];
        });
  }
}
