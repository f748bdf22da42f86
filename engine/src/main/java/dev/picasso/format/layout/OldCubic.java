package dev.picasso.format.layout;

import dev.picasso.graph.Tensor;

/**
 * Cubic interpolation as TensorFlow 1 had it: Keys' with a = −3/4, weights from a table of 1,024
 * steps, and pixels beyond the border as those at the border.
 */
final class OldCubic {
  private static final double A = -0.75;

  private static final int TABLE = 1024;

  private OldCubic() {}

  /** The weights [to, from] of the pixels of an axis of one length in those of another. */
  static Tensor weights(long from, long to, boolean corners) {
    float[] weights = new float[Math.toIntExact(Math.multiplyExact(from, to))];
    float step =
        corners && to > 1 ? (float) (from - 1) / (float) (to - 1) : (float) from / (float) to;
    for (int i = 0; i < to; i++) {
      float place = i * step;
      int below = (int) place;
      double rest = Math.rint((place - below) * TABLE) / TABLE;
      double[] four = {outer(rest + 1), inner(rest), inner(1 - rest), outer(2 - rest)};
      for (int k = 0; k < four.length; k++) {
        int pixel = Math.min(Math.max(below + k - 1, 0), (int) from - 1);
        weights[(int) (i * from) + pixel] += (float) four[k];
      }
    }
    return Tensor.of(weights, to, from);
  }

  /** At a distance of up to one pixel. */
  private static double inner(double x) {
    return ((A + 2) * x - (A + 3)) * x * x + 1;
  }

  /** At a distance of one to two pixels. */
  private static double outer(double x) {
    return ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
  }
}
