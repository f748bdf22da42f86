package dev.picasso.image;

/** A picture that is read row by row, so that large ones need not be held as floats. */
public interface PixelSource {
  int width();

  int height();

  /** Whether all samples are whole numbers, as in pictures of 8 bits a channel. */
  boolean eightBit();

  /**
   * Copies a row.
   *
   * @param into takes 3 · width samples, red green blue, 0 to 255
   */
  void row(int y, float[] into);

  /** What messages call it. */
  default String name() {
    return "the picture";
  }

  /** Whether there is a fourth channel: transparency, or what a camera sees beside colours. */
  default boolean hasFourth() {
    return false;
  }

  /**
   * Copies a row with its fourth channel, all samples as the file has them: what is transparent
   * keeps its colours.
   *
   * @param into takes 4 · width samples, red green blue fourth, 0 to 255
   * @throws IllegalStateException if there is no fourth channel
   */
  default void rowOfFour(int y, float[] into) {
    throw new IllegalStateException(name() + " has three channels");
  }
}
