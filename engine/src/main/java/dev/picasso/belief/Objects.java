package dev.picasso.belief;

import dev.picasso.PicassoException;
import dev.picasso.image.Boxes;
import dev.picasso.image.Window;
import dev.picasso.image.segments.Mask;
import dev.picasso.visualization.ImageInput;
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
    Window box = Boxes.parse(text);
    return image -> Optional.of(inside(image, box));
  }

  private static Mask inside(ImageInput image, Window box) {
    int width = image.original().width();
    int height = image.original().height();
    Boxes.requireInside(box, image.name(), width, height);
    return Mask.of(
        width,
        height,
        i -> {
          int x = i % width - box.left();
          int y = i / width - box.top();
          return x >= 0 && x < box.width() && y >= 0 && y < box.height();
        });
  }
}
