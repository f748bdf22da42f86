package dev.picasso.belief;

import java.util.BitSet;

/**
 * A first guess of missing pixels: the mean of what is known in the smallest square about them that
 * holds something, where squares double their side.
 */
final class Pyramid {
  private Pyramid() {}

  /**
   * A plane with its missing pixels guessed.
   *
   * @param missing not all
   */
  static double[] filled(double[] plane, BitSet missing, int width, int height) {
    double[] known = new double[plane.length];
    double[] sums = plane.clone();
    for (int i = 0; i < known.length; i++) {
      known[i] = missing.get(i) ? 0 : 1;
      sums[i] *= known[i];
    }
    return filled(sums, known, width, height);
  }

  private static double[] filled(double[] sums, double[] known, int width, int height) {
    double[] means = new double[sums.length];
    boolean gaps = false;
    for (int i = 0; i < means.length; i++) {
      means[i] = known[i] > 0 ? sums[i] / known[i] : 0;
      gaps |= known[i] == 0;
    }
    if (gaps && means.length > 1) {
      int half = (width + 1) / 2;
      double[] coarse =
          filled(halved(sums, width, height), halved(known, width, height), half, (height + 1) / 2);
      for (int i = 0; i < means.length; i++) {
        means[i] = known[i] > 0 ? means[i] : coarse[i / width / 2 * half + i % width / 2];
      }
    }
    return means;
  }

  private static double[] halved(double[] plane, int width, int height) {
    int half = (width + 1) / 2;
    double[] sums = new double[half * ((height + 1) / 2)];
    for (int i = 0; i < plane.length; i++) {
      sums[i / width / 2 * half + i % width / 2] += plane[i];
    }
    return sums;
  }
}
