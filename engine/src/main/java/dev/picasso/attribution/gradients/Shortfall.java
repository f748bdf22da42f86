package dev.picasso.attribution.gradients;

/**
 * How far the steps of an integral are from what it should come to.
 *
 * @param missing the difference of the two, not negative
 * @param allowed half a percent of the rise; but where the score ends about where it began, half a
 *     percent of a tenth of the distance between its highest and its lowest on the way, since what
 *     cancels out cannot be told more exactly
 */
record Shortfall(double missing, double allowed) {
  private static final double SHARE = .005;
  private static final double LEAST = .1;

  /**
   * The difference of a sum from a rise.
   *
   * @param scores on the way
   */
  static Shortfall of(double sum, double rise, float[] scores) {
    double range = Extent.of(scores).width();
    return new Shortfall(
        Math.abs(sum - rise), SHARE * Math.max(Math.abs(rise), LEAST * Math.max(0, range)));
  }

  /** Whether the sum is near enough. */
  boolean passes() {
    return missing <= allowed;
  }

  /** Whether more steps could mend it: not where a score is no number. */
  boolean isNumber() {
    return Double.isFinite(missing) && Double.isFinite(allowed);
  }
}
