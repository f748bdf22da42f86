package dev.picasso.region;

import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;

/** Means over windows that divide by less at the borders, where padding is left out. */
final class PaddedMeans {
  private PaddedMeans() {}

  /** Whether a node is such a pool. */
  static boolean leaveOut(Node node) {
    return node.op().equals("AveragePool") && !node.attributes().flag("count_include_pad", false);
  }

  /**
   * How many times as large the mean is as one that counts zeros outside, at each place.
   *
   * @param input of which the means are
   * @param outputs the places
   * @return [1, 1, rows, columns], 1 within the borders
   */
  static Tensor factors(Spread spread, Shape input, Field outputs) {
    float[] factors = new float[outputs.height() * outputs.width()];
    for (int y = 0; y < outputs.height(); y++) {
      double down = factor(spread.down(), y, Math.toIntExact(input.dim(2)));
      for (int x = 0; x < outputs.width(); x++) {
        double across = factor(spread.across(), x, Math.toIntExact(input.dim(3)));
        factors[y * outputs.width() + x] = (float) (down * across);
      }
    }
    return Tensor.of(factors, 1, 1, outputs.height(), outputs.width());
  }

  private static double factor(Sweep sweep, int output, int cells) {
    int from = Math.max(0, sweep.start(output));
    int to = Math.min(cells, sweep.start(output) + sweep.extent());
    return sweep.extent() / (double) Math.max(1, to - from);
  }
}
