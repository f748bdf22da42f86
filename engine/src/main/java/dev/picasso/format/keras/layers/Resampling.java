package dev.picasso.format.keras.layers;

import dev.picasso.format.keras.walk.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.function.DoubleUnaryOperator;

/**
 * Images at another size, as TensorFlow and jax.image make them: along each axis a product with a
 * matrix whose rows are samples of a filter, each summing to one.
 */
final class Resampling {
  /** A filter and how far it reaches to each side, in pixels. */
  private record Filter(double radius, DoubleUnaryOperator weight) {}

  private Resampling() {}

  /**
   * Resizes the spatial axes of N×C×H×W.
   *
   * @param antialias whether the filter grows with the step where the image shrinks
   */
  static Value resize(GraphBuilder g, Value x, long[] target, String kind, boolean antialias) {
    Filter filter = filter(kind);
    Value y = x;
    if (y.dim(3) != target[1]) {
      y = g.matMul(y, g.constant(transposed(matrix(y.dim(3), target[1], filter, antialias))));
    }
    if (y.dim(2) != target[0]) {
      y = g.matMul(g.constant(matrix(y.dim(2), target[0], filter, antialias)), y);
    }
    return y;
  }

  private static Filter filter(String kind) {
    return switch (kind) {
      case "bilinear" -> new Filter(1, x -> Math.max(0, 1 - Math.abs(x)));
      case "bicubic" -> new Filter(2, Resampling::keys);
      case "lanczos3" -> new Filter(3, x -> lanczos(x, 3));
      case "lanczos5" -> new Filter(5, x -> lanczos(x, 5));
      default -> throw new Unsupported("the interpolation " + kind + " is not supported.");
    };
  }

  /** Keys' cubic convolution with a = −1/2. */
  private static double keys(double value) {
    double x = Math.abs(value);
    if (x >= 2) {
      return 0;
    }
    return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2;
  }

  private static double lanczos(double value, double radius) {
    double x = Math.PI * Math.abs(value);
    if (x < 1e-6) {
      return 1;
    }
    return Math.abs(value) >= radius ? 0 : radius * Math.sin(x) * Math.sin(x / radius) / (x * x);
  }

  /** Row i holds the weights of the source pixels for target pixel i. */
  private static Tensor matrix(long from, long to, Filter filter, boolean antialias) {
    float[] weights = new float[Math.toIntExact(Math.multiplyExact(from, to))];
    double step = (double) from / (double) to;
    double widen = antialias ? Math.max(step, 1) : 1;
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * step - 0.5;
      double sum = 0;
      double[] row = new double[(int) from];
      int first = (int) Math.max(0, Math.ceil(centre - filter.radius() * widen));
      int last = (int) Math.min((double) (from - 1), Math.floor(centre + filter.radius() * widen));
      for (int j = first; j <= last; j++) {
        row[j] = filter.weight().applyAsDouble((j - centre) / widen);
        sum += row[j];
      }
      for (int j = first; j <= last && sum != 0; j++) {
        weights[(int) (i * from) + j] = (float) (row[j] / sum);
      }
    }
    return Tensor.of(weights, to, from);
  }

  private static Tensor transposed(Tensor matrix) {
    return Kernels.permuted(matrix, 1, 0);
  }
}
