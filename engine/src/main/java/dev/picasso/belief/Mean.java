package dev.picasso.belief;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A mean and half the width of its interval of 95 % by Student's t; NaN where there are fewer than
 * two numbers.
 */
record Mean(double value, double half) {
  /** Quantiles of t for 1, 2, … degrees of freedom; beyond, that of the normal distribution. */
  private static final double[] T = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  private static final double NORMAL = 1.96;

  static Mean of(double... numbers) {
    int n = numbers.length;
    double mean = DoubleStream.of(numbers).average().orElse(Double.NaN);
    if (n < 2) {
      return new Mean(mean, Double.NaN);
    }
    double squares = DoubleStream.of(numbers).map(x -> (x - mean) * (x - mean)).sum();
    double t = n - 2 < T.length ? T[n - 2] : NORMAL;
    return new Mean(mean, t * Math.sqrt(squares / (n - 1) / n));
  }

  /** The mean of the differences of numbers that belong together. */
  static Mean ofDifferences(double[] a, double[] b) {
    double[] differences = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      differences[i] = a[i] - b[i];
    }
    return of(differences);
  }

  double low() {
    return value - half;
  }

  double high() {
    return value + half;
  }

  /** As in "0.12 to 0.34", kept within 0 and 1. */
  String interval() {
    return Double.isNaN(half)
        ? "none, one plant"
        : String.format(Locale.ROOT, "%.2f to %.2f", Math.max(0, low()), Math.min(1, high()));
  }
}
