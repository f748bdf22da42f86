package dev.picasso.belief;

import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A mean and half the width of its interval of 95 % by Student's t; NaN where there are fewer than
 * two numbers.
 */
record Mean(double value, double half) {
  static Mean of(double... numbers) {
    int n = numbers.length;
    double mean = DoubleStream.of(numbers).average().orElse(Double.NaN);
    if (n < 2) {
      return new Mean(mean, Double.NaN);
    }
    double squares = DoubleStream.of(numbers).map(x -> (x - mean) * (x - mean)).sum();
    return new Mean(mean, StudentT.quantile(n - 1) * Math.sqrt(squares / (n - 1) / n));
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
