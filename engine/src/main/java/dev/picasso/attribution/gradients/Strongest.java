package dev.picasso.attribution.gradients;

import java.util.Arrays;

/** When sampling has gone far enough. */
final class Strongest {
  /** What people look at. */
  private static final double SHARE = .1;

  private static final double SURE = .95;

  private Strongest() {}

  /**
   * Whether the strongest tenth of a map is known: whether 95 % of the numbers in it, as far as
   * their standard errors tell, would be there if sampling went on for ever.
   *
   * @param errors the standard error of each number
   */
  static boolean isSettled(double[] map, double[] errors) {
    double[] strengths = Arrays.stream(map).map(Math::abs).sorted().toArray();
    double least = strengths[(int) (strengths.length * (1 - SHARE))];
    double inside = 0;
    double expected = 0;
    for (int i = 0; i < map.length; i++) {
      double strength = Math.abs(map[i]);
      if (strength >= least && strength > 0) {
        inside++;
        expected += errors[i] > 0 ? normal((strength - least) / errors[i]) : 1;
      }
    }
    return expected >= SURE * inside;
  }

  /** The standard normal distribution, to 1e-4: Abramowitz and Stegun 26.2.18. */
  static double normal(double z) {
    double a = Math.abs(z);
    double p = 1 + a * (.196854 + a * (.115194 + a * (.000344 + a * .019527)));
    double tail = .5 / Math.pow(p, 4);
    return z >= 0 ? 1 - tail : tail;
  }
}
