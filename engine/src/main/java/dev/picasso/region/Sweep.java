package dev.picasso.region;

/**
 * Windows side by side along one axis: output i reads cells from {@code stride · i − before} on, as
 * many as the extent says.
 *
 * @param extent cells that a window spans, gaps of a dilation included
 * @param before padding before the first cell
 */
public record Sweep(int extent, int stride, int before) {
  /** Each output reads the cell at its place. */
  static final Sweep SAME = new Sweep(1, 1, 0);

  public Sweep {
    if (extent < 1 || stride < 1) {
      throw new IllegalArgumentException("windows of " + extent + " cells, " + stride + " apart");
    }
  }

  /** The first cell that an output reads; below 0 in padding. */
  int start(int output) {
    return stride * output - before;
  }

  /**
   * How many cells so many outputs side by side need: those between windows of one cell are not.
   */
  int needed(int outputs) {
    return extent == 1 ? outputs : (outputs - 1) * stride + extent;
  }

  /** From a cell that is needed to the next. */
  int step() {
    return extent == 1 ? stride : 1;
  }
}
