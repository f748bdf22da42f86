package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of a max pooling over windows of 3×3 pixels, two apart, the first of them one pixel
 * outside, in the runtime's blocks; see {@link PairedPool}. Of the three rows of a window that with
 * the first largest maximum is found, then in each row the first largest of three pixels.
 */
final class OverlappingPool {
  /** Far above any difference of pixels as gates scale it. */
  private static final double OUTSIDE = 0x1p126;

  private static final Attributes ROW_STRIDE = Attributes.of("strides", new long[] {2, 1});
  private static final Attributes COLUMN_STRIDE = Attributes.of("strides", new long[] {1, 2});
  private static final Attributes BOTH = Attributes.of("strides", new long[] {2, 2});
  private static final long[] ABOVE = {1, 0, 0, 0};
  private static final long[] LEFT = {0, 1, 0, 0};

  /** What arrives at a window, by which of its three rows or columns it goes to. */
  private record Thirds(Value first, Value second, Value third) {}

  private OverlappingPool() {}

  /** Whether this does for an image x with maxima y. */
  static boolean fits(Windows windows, Value x, Value y) {
    boolean fits = Blocks.fit(x) && Phases.fit(x.shape());
    for (int i = 0; fits && i < 2; i++) {
      fits =
          windows.kernel()[i] == 3
              && windows.strides()[i] == 2
              && windows.dilations()[i] == 1
              && windows.before()[i] == 1
              && x.dim(i + 2) == 2 * y.dim(i + 2);
    }
    return fits;
  }

  static Value gradient(GraphBuilder g, Value x, Value y, Value dy) {
    // Nought times the maxima, and one: everywhere inside, and zero where a window pads.
    Value inside =
        g.op("HardSigmoid", Attributes.of("alpha", 0f).with("beta", 1f), Blocks.scaled(g, y, 0));
    Value above = outside(g, inside, new double[][] {{OUTSIDE}, {0}}, ABOVE);
    Value left = outside(g, inside, new double[][] {{OUTSIDE, 0}}, LEFT);
    Value rows = pool(g, x, COLUMN_STRIDE, LEFT, 1, 3);
    Value upper = pool(g, rows, ROW_STRIDE, ABOVE, 2, 1);
    Thirds byRow =
        thirds(
            g,
            dy,
            difference(g, rows, new double[][] {{1}, {-1}, {0}}, ROW_STRIDE, ABOVE),
            above,
            difference(g, rows, new double[][] {{0}, {0}, {1}}, ROW_STRIDE, ABOVE),
            difference(g, upper, new double[][] {{-1}}, Attributes.none(), new long[4]));
    Value even = byRow.second();
    Value odd = g.add(moved(g, byRow.first(), new double[][] {{0}, {1}}), byRow.third());
    Value lefts = pool(g, x, COLUMN_STRIDE, LEFT, 1, 2);
    List<Value> parts = new ArrayList<>();
    for (int row = 0; row < 2; row++) {
      Thirds byColumn =
          thirds(
              g,
              row == 0 ? even : odd,
              difference(g, x, inRow(row, 1, -1, 0), BOTH, LEFT),
              left,
              difference(g, x, inRow(row, 0, 0, 1), BOTH, LEFT),
              difference(g, lefts, inRow(row, -1), ROW_STRIDE, new long[4]));
      parts.add(byColumn.second());
      parts.add(g.add(moved(g, byColumn.first(), new double[][] {{0, 1}}), byColumn.third()));
    }
    return Blocks.enter(g, new Phases(2, 2, parts).whole(g, x.shape()));
  }

  /**
   * Shares out what arrives.
   *
   * @param firstLessSecond of the three, where both are inside
   * @param outside far below zero where the first is outside, else zero
   * @param third the last of the three
   * @param others less the maximum of the other two
   */
  private static Thirds thirds(
      GraphBuilder g, Value dy, Value firstLessSecond, Value outside, Value third, Value others) {
    Value last = g.mul(dy, Gates.above(g, g.add(third, others)));
    Value rest = g.add(Blocks.scaled(g, last, -1), dy);
    Value first = g.mul(rest, Gates.notBelow(g, g.add(firstLessSecond, outside)));
    return new Thirds(first, g.add(Blocks.scaled(g, first, -1), rest), last);
  }

  private static Value outside(GraphBuilder g, Value inside, double[][] kernel, long[] pads) {
    return Blocks.depthwise(g, inside, kernel, Attributes.of("pads", pads), -OUTSIDE);
  }

  private static Value pool(
      GraphBuilder g, Value x, Attributes strides, long[] pads, long height, long width) {
    return g.op(
        "MaxPool", strides.with("pads", pads).with("kernel_shape", new long[] {height, width}), x);
  }

  private static Value difference(
      GraphBuilder g, Value x, double[][] kernel, Attributes strides, long[] pads) {
    return Gates.sums(g, x, kernel, strides.with("pads", pads));
  }

  /** A kernel over two rows that looks at one of them. */
  private static double[][] inRow(int row, double... weights) {
    double[] none = new double[weights.length];
    return row == 0 ? new double[][] {weights, none} : new double[][] {none, weights};
  }

  /** One up or to the left, with zeros behind. */
  private static Value moved(GraphBuilder g, Value x, double[][] kernel) {
    long[] pads = {0, 0, kernel.length - 1, kernel[0].length - 1};
    return Blocks.depthwise(g, x, kernel, Attributes.of("pads", pads), 0);
  }
}
