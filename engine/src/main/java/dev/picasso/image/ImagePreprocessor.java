package dev.picasso.image;

import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Turns pictures into a model's input, in two steps, so that pixels can be covered in between. The
 * configuration declares it as a {@link Preprocessing}, or names a class of the user's: a public
 * class with a public constructor without arguments. One object serves many threads.
 */
public interface ImagePreprocessor {
  /** The picture at the model's size, with the way back. */
  Fitted fit(PixelSource image);

  /**
   * The model's input for pictures of its size.
   *
   * @return a batch in the model's layout, as many rows as pictures
   */
  Tensor normalize(List<Picture> pixels);

  /**
   * The way back from {@link #normalize}: a row of an input tensor as a picture, cut off at 0 and
   * 255.
   */
  Picture denormalize(Tensor x, int row);

  /**
   * The best classes of one image, best first, where the user's class knows how to name them. Empty
   * for the common way: one label an output.
   *
   * @param probabilities the model's outputs for one image
   * @param top how many classes are asked for
   */
  default Optional<List<Prediction>> decode(float[] probabilities, int top) {
    return Optional.empty();
  }

  /** Both steps for one picture. */
  default PreparedImage apply(PixelSource image) {
    Fitted fitted = fit(image);
    return new PreparedImage(normalize(List.of(fitted.pixels())), fitted.frame(), fitted.pixels());
  }
}
