package dev.picasso.format.layout;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.function.DoubleUnaryOperator;

/**
 * Images at another size, as TensorFlow and jax.image make them: along each axis a product with a
 * matrix whose rows are samples of a filter, each summing to one.
 */
public final class Resampling {
  /** How finely TensorFlow's table of weights for cubic interpolation divides a pixel. */
  private static final int TABLE = 1024;

  /**
   * A filter.
   *
   * @param radius how far it reaches to each side, in pixels
   * @param grid into how many steps a pixel is divided for it; 0 for any place
   */
  private record Filter(double radius, int grid, DoubleUnaryOperator weight) {}

  private Resampling() {}

  /**
   * Resizes the spatial axes of N×C×H×W.
   *
   * @param antialias whether the filter grows with the step where the image shrinks
   */
  public static Value resize(
      GraphBuilder g, Value x, long[] target, String kind, boolean antialias) {
    return resize(g, x, target, (from, to) -> matrix(from, to, kind, antialias));
  }

  /**
   * Resizes the spatial axes of N×C×H×W as TensorFlow 1 did, which did not look at the middles of
   * pixels.
   *
   * @param kind bilinear, nearest or bicubic
   * @param corners whether the outermost pixels lie on one another, else the first ones only
   */
  public static Value resizeAsOfOld(
      GraphBuilder g, Value x, long[] target, String kind, boolean corners) {
    return resize(
        g,
        x,
        target,
        (from, to) ->
            kind.equals("bicubic")
                ? OldCubic.weights(from, to, corners)
                : old(from, to, kind.equals("bilinear"), corners));
  }

  /** The weights [to, from] of the pixels of an axis of one length in those of another. */
  private interface Weights {
    Tensor of(long from, long to);
  }

  private static Value resize(GraphBuilder g, Value x, long[] target, Weights weights) {
    Value y = x;
    if (y.dim(3) != target[1]) {
      y = g.matMul(y, g.constant(transposed(weights.of(y.dim(3), target[1]))));
    }
    if (y.dim(2) != target[0]) {
      y = g.matMul(g.constant(weights.of(y.dim(2), target[0])), y);
    }
    return y;
  }

  private static Tensor old(long from, long to, boolean linear, boolean corners) {
    float[] weights = new float[Math.toIntExact(Math.multiplyExact(from, to))];
    float step =
        corners && to > 1 ? (float) (from - 1) / (float) (to - 1) : (float) from / (float) to;
    int last = (int) from - 1;
    for (int i = 0; i < to; i++) {
      float place = i * step;
      int row = (int) (i * from);
      if (linear) {
        int below = Math.min((int) place, last);
        float rest = place - below;
        weights[row + below] += 1 - rest;
        weights[row + Math.min(below + 1, last)] += rest;
      } else {
        weights[row + Math.min(corners ? Math.round(place) : (int) place, last)] = 1;
      }
    }
    return Tensor.of(weights, to, from);
  }

  private static Tensor matrix(long from, long to, String kind, boolean antialias) {
    return switch (kind) {
      case "nearest" -> nearest(from, to);
      case "area" -> area(from, to);
      default -> matrix(from, to, filter(kind, antialias), antialias);
    };
  }

  /** Each target pixel is the source pixel under its middle. */
  private static Tensor nearest(long from, long to) {
    float[] weights = new float[Math.toIntExact(Math.multiplyExact(from, to))];
    for (long i = 0; i < to; i++) {
      weights[(int) (i * from + (2 * i + 1) * from / (2 * to))] = 1;
    }
    return Tensor.of(weights, to, from);
  }

  /** Each target pixel is the average of the source under it, parts of pixels counted as such. */
  private static Tensor area(long from, long to) {
    float[] weights = new float[Math.toIntExact(Math.multiplyExact(from, to))];
    double step = (double) from / (double) to;
    for (int i = 0; i < to; i++) {
      for (int j = (int) (i * step); j < Math.min((double) from, Math.ceil((i + 1) * step)); j++) {
        double covered = Math.min((i + 1) * step, j + 1.0) - Math.max(i * step, j);
        weights[(int) (i * from) + j] = (float) (covered / step);
      }
    }
    return Tensor.of(weights, to, from);
  }

  private static Filter filter(String kind, boolean antialias) {
    return switch (kind) {
      case "bilinear" -> new Filter(1, 0, x -> Math.max(0, 1 - Math.abs(x)));
      case "keyscubic" -> new Filter(2, 0, Resampling::keys);
      case "bicubic" -> new Filter(2, antialias ? 0 : TABLE, Resampling::keys);
      case "mitchellcubic" -> new Filter(2, 0, Resampling::mitchell);
      case "gaussian" -> new Filter(1.5, 0, x -> Math.abs(x) < 1.5 ? Math.exp(-2 * x * x) : 0);
      case "lanczos3" -> new Filter(3, 0, x -> lanczos(x, 3));
      case "lanczos5" -> new Filter(5, 0, x -> lanczos(x, 5));
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

  /** Mitchell and Netravali's cubic with B = C = 1/3. */
  private static double mitchell(double value) {
    double x = Math.abs(value);
    if (x >= 2) {
      return 0;
    }
    return x < 1
        ? (7.0 / 6 * x - 2) * x * x + 8.0 / 9
        : ((-7.0 / 18 * x + 2) * x - 10.0 / 3) * x + 16.0 / 9;
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
      centre = filter.grid() == 0 ? centre : Math.rint(centre * filter.grid()) / filter.grid();
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
