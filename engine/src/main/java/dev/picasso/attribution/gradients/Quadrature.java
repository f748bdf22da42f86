package dev.picasso.attribution.gradients;

/** A rule for integrals from 0 to 1: where a function is asked, and what each answer counts. */
public enum Quadrature {
  /** Steps of equal length: n + 1 points, those at the ends counting half. */
  TRAPEZOID {
    @Override
    Rule of(int steps) {
      double[] points = new double[steps + 1];
      double[] weights = new double[steps + 1];
      for (int i = 0; i <= steps; i++) {
        points[i] = (double) i / steps;
        weights[i] = (i == 0 || i == steps ? .5 : 1) / steps;
      }
      return new Rule(points, weights);
    }
  },
  /** The n points that make polynomials of degree 2n − 1 exact. */
  GAUSS_LEGENDRE {
    @Override
    Rule of(int steps) {
      double[] points = new double[steps];
      double[] weights = new double[steps];
      for (int i = 0; i < steps; i++) {
        double z = root(steps, i);
        double slope = legendre(steps, z)[1];
        points[steps - 1 - i] = (1 + z) / 2;
        weights[steps - 1 - i] = 1 / ((1 - z * z) * slope * slope);
      }
      return new Rule(points, weights);
    }
  };

  private static final int REFINEMENTS = 20;

  /** Points in rising order, and weights that sum to one. */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  record Rule(double[] points, double[] weights) {}

  abstract Rule of(int steps);

  /** The i-th root of the Legendre polynomial, the largest first, by Newton's method. */
  private static double root(int n, int i) {
    double z = Math.cos(Math.PI * (i + .75) / (n + .5));
    for (int k = 0; k < REFINEMENTS; k++) {
      double[] at = legendre(n, z);
      z -= at[0] / at[1];
    }
    return z;
  }

  /** The Legendre polynomial and its derivative. */
  private static double[] legendre(int n, double z) {
    double before = 1;
    double now = z;
    for (int k = 2; k <= n; k++) {
      double next = ((2 * k - 1) * z * now - (k - 1) * before) / k;
      before = now;
      now = next;
    }
    return new double[] {n == 0 ? 1 : now, n * (z * now - before) / (z * z - 1)};
  }
}
