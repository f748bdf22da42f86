package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import dev.picasso.attribution.Predictions;
import dev.picasso.attribution.perturbation.WhatIf;
import dev.picasso.image.Boxes;
import dev.picasso.image.Frame;
import dev.picasso.image.Picture;
import dev.picasso.image.Window;
import dev.picasso.image.segments.Mask;
import dev.picasso.image.segments.SeenMask;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What is changed in an image, to see what a model says then. */
public sealed interface Supposition {
  /**
   * Refuses what is not within the image.
   *
   * @throws PicassoException naming what is wrong
   */
  void requireWithin(StoredImage image);

  /**
   * What it changes of a model's input.
   *
   * @param frame how the image lies in that
   */
  Change in(Frame frame);

  /**
   * A change of a model's input.
   *
   * @param pixels how many, none where the model sees nothing of it
   * @param answer what the model says then, by the pictures of other images; only where there are
   *     pixels
   */
  record Change(
      int pixels, BiFunction<WhatIf, Function<StoredImage, Picture>, Predictions> answer) {
    private static Change of(
        Window box, BiFunction<WhatIf, Function<StoredImage, Picture>, Predictions> answer) {
      return new Change(box.width() * box.height(), answer);
    }
  }

  /**
   * A box hidden.
   *
   * @param box in pixels of the upright picture
   * @param fill what hides, as {@link WhatIf#hiding} takes it
   */
  record Hidden(Window box, String fill) implements Supposition {
    @Override
    public void requireWithin(StoredImage image) {
      Boxes.requireInside(box, image.name(), image.width(), image.height());
    }

    @Override
    public Change in(Frame frame) {
      Window seen = Boxes.seen(box, frame);
      return Change.of(seen, (whatIf, pictures) -> whatIf.hiding(seen, fill));
    }
  }

  /**
   * A part of any shape hidden.
   *
   * @param mask lies over the whole picture, in pixels of its own
   * @param fill what hides, as {@link WhatIf#hiding} takes it
   */
  record Painted(Mask mask, String fill) implements Supposition {
    @Override
    public void requireWithin(StoredImage image) {
      // It lies over the picture, whatever the sizes of both.
    }

    @Override
    public Change in(Frame frame) {
      Mask seen = SeenMask.of(mask, frame);
      return new Change(seen.area(), (whatIf, pictures) -> whatIf.hiding(seen, fill));
    }
  }

  /**
   * A piece of another image in a box.
   *
   * @param box in pixels of the upright picture
   * @param other the other image
   * @param piece in pixels of that; what lies where the box does in its own picture, if none is
   *     told
   */
  record Pasted(Window box, StoredImage other, Optional<Window> piece) implements Supposition {
    @Override
    public void requireWithin(StoredImage image) {
      Boxes.requireInside(box, image.name(), image.width(), image.height());
      piece.ifPresent(p -> Boxes.requireInside(p, other.name(), other.width(), other.height()));
    }

    @Override
    public Change in(Frame frame) {
      return Change.of(
          Boxes.seen(box, frame),
          (whatIf, pictures) -> {
            Picture picture = pictures.apply(other);
            Window cut =
                piece
                    .map(p -> Boxes.in(p, other.width(), other.height(), picture))
                    .orElseGet(
                        () ->
                            Boxes.in(box, frame.originalWidth(), frame.originalHeight(), picture));
            return whatIf.pasting(Boxes.inInput(box, frame), picture, cut);
          });
    }
  }
}
