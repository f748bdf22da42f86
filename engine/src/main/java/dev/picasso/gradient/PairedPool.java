package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of a max pooling over windows of 2×2 pixels side by side, in the runtime's blocks.
 * The pooling that tells places is no blocked one and slow. But which of two pixels is the larger
 * is the sign of their difference, which a convolution computes: of the two rows of a window, by
 * their maxima, and of the two pixels of a row. Of equal ones the first gets the gradient, as
 * there.
 */
final class PairedPool {
  private PairedPool() {}

  /** Whether this does for an image and these windows, if they are all of the image. */
  static boolean fits(Windows windows, Value x) {
    return Blocks.fit(x)
        && Phases.fit(x.shape())
        && windows.tile()
        && windows.kernel()[0] == 2
        && windows.kernel()[1] == 2;
  }

  static Value gradient(GraphBuilder g, Value x, Value dy) {
    Attributes pairs =
        Attributes.of("kernel_shape", new long[] {1, 2}).with("strides", new long[] {1, 2});
    Value rows = g.op("MaxPool", pairs, x);
    List<Value> parts = new ArrayList<>();
    for (int row = 0; row < 2; row++) {
      double[][] upDown = row == 0 ? new double[][] {{1}, {-1}} : new double[][] {{-1}, {1}};
      Value ofRow = g.mul(dy, row == 0 ? first(g, rows, upDown) : later(g, rows, upDown));
      double[] none = {0, 0};
      double[] left = {1, -1};
      double[] right = {-1, 1};
      parts.add(g.mul(ofRow, first(g, x, row == 0 ? kernel(left, none) : kernel(none, left))));
      parts.add(g.mul(ofRow, later(g, x, row == 0 ? kernel(right, none) : kernel(none, right))));
    }
    return Blocks.enter(g, new Phases(2, 2, parts).whole(g, x.shape()));
  }

  private static double[][] kernel(double[]... rows) {
    return rows;
  }

  /** 1 where the difference is not below zero. */
  private static Value first(GraphBuilder g, Value x, double[][] kernel) {
    return Gates.notBelow(g, difference(g, x, kernel));
  }

  /** 1 where the difference is above zero. */
  private static Value later(GraphBuilder g, Value x, double[][] kernel) {
    return Gates.above(g, difference(g, x, kernel));
  }

  private static Value difference(GraphBuilder g, Value x, double[][] kernel) {
    long[] strides = {kernel.length, kernel[0].length};
    return Gates.sums(g, x, kernel, Attributes.of("strides", strides));
  }
}
