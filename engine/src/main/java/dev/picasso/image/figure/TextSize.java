package dev.picasso.image.figure;

import java.util.function.DoublePredicate;

/** How small letters may become so that texts have place. */
final class TextSize {
  /** Smaller letters are not read in print. */
  static final double LEAST = 5;

  private static final double STEP = .25;

  /** Height of a line, in heights of letters. */
  static final double LINE = 1.2;

  /** Where the base line is, from the top of a line, in heights of letters. */
  static final double ASCENT = .92;

  private TextSize() {}

  /**
   * The largest size at which something fits; the least one where it fits at none.
   *
   * @param points the usual size; where that is below the least legible one, it is the least
   */
  static double largest(double points, double least, DoublePredicate fits) {
    double smallest = Math.min(points, least);
    for (double size = points; size > smallest; size -= STEP) {
      if (fits.test(size)) {
        return size;
      }
    }
    return smallest;
  }

  /** The height of a line of such letters, in millimetres. */
  static double line(double points) {
    return points * Figure.POINT * LINE;
  }

  /** From the top of a line to where its letters stand, in millimetres. */
  static double ascent(double points) {
    return points * Figure.POINT * ASCENT;
  }
}
