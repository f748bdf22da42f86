package dev.picasso.format.keras;

import dev.picasso.graph.Tensor;

/** How far numbers are from those expected. */
final class Deviation {
  private Deviation() {}

  /** The largest difference over the largest expected magnitude. */
  static double relative(Tensor actual, Tensor expected) {
    float[] a = actual.floats();
    float[] e = expected.floats();
    double difference = 0;
    double magnitude = 1e-6;
    for (int i = 0; i < e.length; i++) {
      double d = Math.abs((double) a[i] - e[i]);
      difference =
          Double.isNaN(d)
              ? (Float.isNaN(a[i]) == Float.isNaN(e[i]) ? difference : Double.POSITIVE_INFINITY)
              : Math.max(difference, d);
      magnitude = Float.isFinite(e[i]) ? Math.max(magnitude, Math.abs(e[i])) : magnitude;
    }
    return difference / magnitude;
  }
}
