package dev.picasso.image;

/**
 * How far two maps have the same structure: the index of Wang et al. 2004, <a
 * href="https://doi.org/10.1109/TIP.2003.819861">Image Quality Assessment</a>.
 */
public final class StructuralSimilarity {
  private static final int WINDOW = 7;
  private static final double K1 = .01;
  private static final double K2 = .03;

  private StructuralSimilarity() {}

  /**
   * The mean over all places of ((2·μaμb + C₁)(2·σab + C₂)) / ((μa² + μb² + C₁)(σa² + σb² + C₂)) in
   * windows of 7 × 7 pixels wholly inside, with sample covariances, C₁ = (0.01·L)², C₂ = (0.03·L)²
   * and L from the lowest to the highest number of both; −1 to 1. Maps of fewer pixels have the
   * largest odd window that fits. Two maps of one and the same number everywhere are alike: 1.
   *
   * @throws IllegalArgumentException if the maps are not of one size
   */
  public static double of(HeatMap a, HeatMap b) {
    if (a.width() != b.width() || a.height() != b.height()) {
      throw new IllegalArgumentException(
          "maps of %d × %d and %d × %d".formatted(a.width(), a.height(), b.width(), b.height()));
    }
    double range = range(a, b);
    if (range == 0) {
      return 1;
    }
    int shorter = Math.min(WINDOW, Math.min(a.width(), a.height()));
    int window = shorter % 2 == 0 ? shorter - 1 : shorter;
    double c1 = K1 * range * K1 * range;
    double c2 = K2 * range * K2 * range;
    Sums ofA = Sums.of(a, a, true);
    Sums ofB = Sums.of(b, b, true);
    Sums aa = Sums.of(a, a, false);
    Sums bb = Sums.of(b, b, false);
    Sums ab = Sums.of(a, b, false);
    double unbiased = window == 1 ? 1 : window * window / (window * window - 1.);
    double sum = 0;
    for (int y = 0; y + window <= a.height(); y++) {
      for (int x = 0; x + window <= a.width(); x++) {
        double ua = ofA.mean(x, y, window);
        double ub = ofB.mean(x, y, window);
        double va = unbiased * (aa.mean(x, y, window) - ua * ua);
        double vb = unbiased * (bb.mean(x, y, window) - ub * ub);
        double vab = unbiased * (ab.mean(x, y, window) - ua * ub);
        sum += (2 * ua * ub + c1) * (2 * vab + c2) / ((ua * ua + ub * ub + c1) * (va + vb + c2));
      }
    }
    return sum / ((a.height() - window + 1.) * (a.width() - window + 1.));
  }

  private static double range(HeatMap a, HeatMap b) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (HeatMap map : new HeatMap[] {a, b}) {
      for (float value : map.values()) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return high - low;
  }

  /** Sums of everything above and to the left, so that each window costs the same. */
  private static final class Sums {
    private final int width;
    private final double[] sums;

    private Sums(int width, double[] sums) {
      this.width = width;
      this.sums = sums;
    }

    static Sums of(HeatMap a, HeatMap b, boolean alone) {
      int width = a.width() + 1;
      double[] sums = new double[width * (a.height() + 1)];
      for (int y = 0; y < a.height(); y++) {
        double row = 0;
        for (int x = 0; x < a.width(); x++) {
          row += alone ? a.at(x, y) : (double) a.at(x, y) * b.at(x, y);
          sums[(y + 1) * width + x + 1] = sums[y * width + x + 1] + row;
        }
      }
      return new Sums(width, sums);
    }

    double mean(int x, int y, int window) {
      double sum =
          sums[(y + window) * width + x + window]
              - sums[y * width + x + window]
              - sums[(y + window) * width + x]
              + sums[y * width + x];
      return sum / (window * window);
    }
  }
}
