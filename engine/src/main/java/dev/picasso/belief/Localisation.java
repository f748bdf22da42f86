package dev.picasso.belief;

import dev.picasso.image.HeatMap;
import dev.picasso.image.segments.Mask;
import java.util.Arrays;

/**
 * How far a map lies on an object. Numbers of a map that are equal have no order: what depends on
 * it is the mean over all orders.
 *
 * @param pointing 1 if one of the highest numbers is on the object or near enough, else 0. Zhang et
 *     al. 2016, arXiv 1608.00507
 * @param mass the share of the sum of all numbers that is on the object. Arras et al. 2020, arXiv
 *     2003.07258
 * @param rank the share of the object's area that the highest numbers take, as many as the object
 *     has pixels; likewise
 * @param top the share of the k highest numbers that is on the object. Theiner et al. 2021, arXiv
 *     2107.10610
 * @param auc how probably a number on the object is higher than one beside it, the area under the
 *     curve of true against false positives
 */
record Localisation(double pointing, double mass, double rank, double top, double auc) {

  /**
   * Measures a map.
   *
   * @param map not negative, somewhere above 0
   * @param object neither empty nor all of the map
   * @param tolerance how far beside the object the highest number may be, in pixels
   * @param k how many numbers count for {@link #top}
   */
  static Localisation of(HeatMap map, Mask object, double tolerance, int k) {
    float[] values = map.values();
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Localisation(
        pointing(values, sorted[sorted.length - 1], near(object, tolerance)),
        mass(values, object),
        among(values, sorted, object, object.area()),
        among(values, sorted, object, k),
        auc(values, object));
  }

  /** What a map of random numbers has in the mean; of its mass, too. */
  static Localisation ofRandom(Mask object, double tolerance) {
    double pixels = object.width() * object.height();
    double share = object.area() / pixels;
    return new Localisation(near(object, tolerance).area() / pixels, share, share, share, .5);
  }

  /** Whether both its sum and its highest numbers are on the object more than another's. */
  boolean isMoreThan(Localisation other) {
    return mass > other.mass && rank > other.rank;
  }

  private static Mask near(Mask object, double tolerance) {
    return tolerance > 0 ? object.dilated(tolerance) : object;
  }

  private static double pointing(float[] values, float highest, Mask near) {
    for (int i = near.next(0); i >= 0; i = near.next(i + 1)) {
      if (values[i] == highest) {
        return 1;
      }
    }
    return 0;
  }

  private static double mass(float[] values, Mask object) {
    double in = 0;
    double all = 0;
    for (int i = 0; i < values.length; i++) {
      all += values[i];
      in += object.has(i) ? values[i] : 0;
    }
    return in / all;
  }

  /** The share of the n highest numbers that is on the object. */
  private static double among(float[] values, float[] sorted, Mask object, int n) {
    float last = sorted[sorted.length - n];
    int above = 0;
    int aboveIn = 0;
    int same = 0;
    int sameIn = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] >= last) {
        boolean in = object.has(i);
        above += values[i] > last ? 1 : 0;
        aboveIn += values[i] > last && in ? 1 : 0;
        same += values[i] == last ? 1 : 0;
        sameIn += values[i] == last && in ? 1 : 0;
      }
    }
    return (aboveIn + (n - above) * (double) sameIn / same) / n;
  }

  /** By the sum of the ranks of what is on the object, as Mann and Whitney count it. */
  private static double auc(float[] values, Mask object) {
    long[] order = new long[values.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = ((long) Float.floatToIntBits(values[i] + 0f) << 1) | (object.has(i) ? 1 : 0);
    }
    Arrays.sort(order); // bits of floats that are not negative are ordered as the floats are
    double ranks = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      int in = 0;
      while (to < order.length && order[to] >> 1 == order[from] >> 1) {
        in += (int) (order[to] & 1);
        to++;
      }
      ranks += in * (from + 1 + to) / 2.;
      from = to;
    }
    double in = object.area();
    return (ranks - in * (in + 1) / 2) / (in * (values.length - in));
  }
}
