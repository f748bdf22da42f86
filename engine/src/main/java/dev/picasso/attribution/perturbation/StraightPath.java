package dev.picasso.attribution.perturbation;

import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Questions;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/**
 * Integrated gradients by the trapezoid rule: (x − x') ⊙ the mean of ∂S/∂x on the straight way from
 * x' to x. Sundararajan et al. 2017, arXiv 1703.01365.
 *
 * @param from x', as fed
 * @param to x, as fed
 * @param shape of one image, [1, …]
 * @param steps one less than points
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record StraightPath(float[] from, float[] to, Shape shape, int steps) {
  /** The attributions of a row, of the shape of x; points are run piece by piece. */
  double[] integrated(Questions questions, int row, Progress progress) {
    int batch = Math.min(steps + 1, questions.batch(row));
    ByteBuffer bytes = Tensor.allocate(4L * batch * to.length);
    double[] sums = new double[to.length];
    for (int first = 0; first <= steps; first += batch) {
      int count = Math.min(batch, steps + 1 - first);
      FloatBuffer points = bytes.asFloatBuffer();
      for (int k = 0; k < count; k++) {
        write(first + k, points, k * to.length);
      }
      ByteBuffer written = bytes.duplicate().order(bytes.order()).limit(4 * count * to.length);
      Tensor x = Tensor.of(DataType.FLOAT, shape.with(0, count), written);
      FloatBuffer gradients = questions.gradients(row, x).floatBuffer();
      for (int k = 0; k < count; k++) {
        double weight = first + k == 0 || first + k == steps ? .5 / steps : 1. / steps;
        for (int i = 0; i < sums.length; i++) {
          sums[i] += weight * gradients.get(k * to.length + i);
        }
      }
      progress.done((first + count) / (steps + 1.));
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] *= (double) to[i] - from[i];
    }
    return sums;
  }

  private void write(int step, FloatBuffer points, int start) {
    float share = (float) step / steps;
    for (int i = 0; i < to.length; i++) {
      points.put(start + i, from[i] + share * (to[i] - from[i]));
    }
  }
}
