package dev.picasso.format.functions;

import dev.picasso.format.layout.Unsupported;
import java.util.Arrays;

/** How far a number in a file may make a value grow. */
final class Limits {
  /** As many numbers as an image of 16,384 × 16,384 pixels has. */
  private static final long MOST = 1L << 28;

  private static final long MOST_PLACES = 1L << 20;

  private Limits() {}

  /**
   * @throws Unsupported if a length or number of repetitions is less than one, or all together are
   *     more than any image needs
   */
  static void check(long... lengths) {
    double all = 1;
    for (long length : lengths) {
      all *= Math.max(length, 0);
    }
    if (Arrays.stream(lengths).anyMatch(l -> l < 1) || all > MOST) {
      throw new Unsupported(
          "it asks for " + Arrays.toString(lengths) + " elements, which no image needs.");
    }
  }

  /**
   * As many places along one axis as are listed one by one.
   *
   * @throws Unsupported if there are fewer than none, or more than any image has along an axis
   */
  static void checkPlaces(double count) {
    if (!(count >= 0 && count <= MOST_PLACES)) {
      throw new Unsupported("it asks for " + (long) count + " places, which no image needs.");
    }
  }
}
