package dev.picasso.belief;

import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;

/**
 * How far a map changes when its image does, as numbers that other people's tools have too.
 *
 * @param relative ‖a − b‖ / ‖a‖; Yeh et al. 2019, arXiv 1901.09392, take the largest of many
 *     changes, and the mean
 * @param slope ‖a/max|a| − b/max|b|‖ / ‖x − y‖; Alvarez-Melis and Jaakkola 2018, arXiv 1806.08049,
 *     take the largest: the local Lipschitz estimate
 * @param relativeSlope ‖(a − b)/a‖ / ‖(x − y)/x‖, with 10⁻⁶ where a or x is 0; Agarwal et al. 2022,
 *     arXiv 2203.06877, take the largest: the relative input stability
 */
record Sensitivity(double relative, double slope, double relativeSlope) {
  private static final double LEAST = 1e-6;

  /**
   * Compares.
   *
   * @param a the map of x
   * @param b the map of y
   */
  static Sensitivity of(HeatMap a, HeatMap b, Tensor x, Tensor y) {
    float[] p = a.values();
    float[] q = b.values();
    float[] from = x.floats();
    float[] to = y.floats();
    double largestOfA = Math.max(a.largest(), Double.MIN_NORMAL);
    double largestOfB = Math.max(b.largest(), Double.MIN_NORMAL);
    double change = 0;
    double size = 0;
    double normalized = 0;
    double shares = 0;
    for (int i = 0; i < p.length; i++) {
      double d = (double) p[i] - q[i];
      double n = p[i] / largestOfA - q[i] / largestOfB;
      double share = d / (p[i] == 0 ? LEAST : p[i]);
      change += d * d;
      size += (double) p[i] * p[i];
      normalized += n * n;
      shares += share * share;
    }
    double moved = 0;
    double movedShares = 0;
    for (int i = 0; i < from.length; i++) {
      double d = (double) from[i] - to[i];
      double share = d / (from[i] == 0 ? LEAST : from[i]);
      moved += d * d;
      movedShares += share * share;
    }
    return new Sensitivity(
        Math.sqrt(change / size),
        Math.sqrt(normalized) / (Math.sqrt(moved) + 1e-10),
        Math.sqrt(shares) / (movedShares == 0 ? LEAST : Math.sqrt(movedShares)));
  }
}
