package dev.picasso.image;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How far two maps put the same places in the same order. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Spearman's rank correlation, −1 to 1, at the resolution of the coarser map; equal numbers share
   * their mean rank. NaN where one map is the same everywhere.
   */
  public static double of(HeatMap a, HeatMap b) {
    int width = Math.min(a.width(), b.width());
    int height = Math.min(a.height(), b.height());
    double[] p = ranks(a.resized(width, height, Interpolation.SMOOTH).values());
    double[] q = ranks(b.resized(width, height, Interpolation.SMOOTH).values());
    double mean = (p.length + 1) / 2.;
    double both = 0;
    double ofP = 0;
    double ofQ = 0;
    for (int i = 0; i < p.length; i++) {
      both += (p[i] - mean) * (q[i] - mean);
      ofP += (p[i] - mean) * (p[i] - mean);
      ofQ += (q[i] - mean) * (q[i] - mean);
    }
    return both / Math.sqrt(ofP * ofQ);
  }

  private static double[] ranks(float[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      double shared = (from + 1 + to) / 2.;
      Arrays.stream(order, from, to).forEach(i -> ranks[i] = shared);
      from = to;
    }
    return ranks;
  }
}
