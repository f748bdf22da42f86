package dev.picasso.model.receptive;

/**
 * Which cells of the row before it a cell sees, along one axis: cell i those from {@code from +
 * step · i} to {@code to + step · i}, both included. Where that is no whole number, as behind an
 * enlargement, what is seen lies between the two; cells before the first and behind the last are
 * padding.
 *
 * @param middle where, like {@code from} and {@code to}, the centre of mass of what it sees is:
 *     weights of a trained kernel need not lie evenly about its middle
 * @param step cells from one to the next, above 0
 */
public record Reach(double from, double middle, double to, double step) {
  /** Each cell sees the one at its own place. */
  public static final Reach SAME = new Reach(0, 0, 0, 1);

  public Reach {
    if (!(from <= middle && middle <= to && step > 0)) {
      throw new IllegalArgumentException(
          "a cell that sees from %s by %s to %s, %s cells on each time"
              .formatted(from, middle, to, step));
    }
  }

  /**
   * Windows side by side.
   *
   * @param extent cells that a window spans, gaps included
   * @param middle centre of mass of its weights, 0 for its first cell
   * @param before padding before the first cell; negative where cells are left out
   */
  public static Reach ofWindows(long extent, double middle, long stride, long before) {
    return new Reach(-before, middle - before, extent - 1. - before, stride);
  }

  /** Windows whose cells all weigh the same. */
  public static Reach ofWindows(long extent, long stride, long before) {
    return ofWindows(extent, (extent - 1) / 2., stride, before);
  }

  /** The way back of such windows: each cell sees the windows that hold it. */
  public static Reach ofTransposed(long extent, double middle, long stride, long before) {
    double end = before / (double) stride;
    return new Reach(end - (extent - 1.) / stride, end - middle / stride, end, 1. / stride);
  }

  /** Every so many-th cell from a place on. */
  public static Reach ofEvery(long step, long start) {
    return new Reach(start, start, start, step);
  }
}
