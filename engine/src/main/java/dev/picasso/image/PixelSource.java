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
}
