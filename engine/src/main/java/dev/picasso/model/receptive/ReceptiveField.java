package dev.picasso.model.receptive;

import java.util.List;

/**
 * Which pixels the cells of a row see, along one axis of the image: cell i those from {@code first
 * + stride · i} to {@code last + stride · i}, both included, by their numbers from 0. What lies
 * outside the image is padding. Behind enlargements these may be no whole numbers; then nothing
 * outside of them is seen.
 *
 * <p>It is what windows let a cell see. What all cells see alike, as through attention, a mean over
 * the image or the statistics of a normalization, is not counted.
 *
 * <p>The middle of all that can be seen is not where a trained cell looks. Weights of strided
 * kernels that are padded at one side come to lie nearer to the other, and the shift adds up. So a
 * centre of mass goes along, of the squared weights on all ways: this is where a cell's gradient by
 * the pixels has its energy, if the signs of weights are taken for random as Luo et al. 2016, arXiv
 * 1701.04128, do.
 *
 * @param middle the centre of mass of what cell 0 sees
 * @param stride pixels from one cell to the next, above 0
 */
public record ReceptiveField(double first, double middle, double last, double stride) {
  /** Strides that are nearer to one another are the same, but for rounding. */
  private static final double SAME = 1e-6;

  /** The pixels themselves. */
  public static final ReceptiveField PIXELS = new ReceptiveField(0, 0, 0, 1);

  public ReceptiveField {
    if (!(first <= last && stride > 0)) {
      throw new IllegalArgumentException(
          "cells that see from %s to %s, %s pixels on each time".formatted(first, last, stride));
    }
  }

  /** That of cells which see these cells. */
  public ReceptiveField through(Reach reach) {
    return new ReceptiveField(
        first + stride * reach.from(),
        middle + stride * reach.middle(),
        last + stride * reach.to(),
        stride * reach.step());
  }

  /**
   * That of cells to which several ways lead, as behind a residual connection: all that is seen on
   * any, in the mean of their middles, since nothing is known of how much each counts. Ways on
   * which the strides differ fit at one cell only; then it is the widest, which as a rule holds
   * most of the others.
   *
   * @param ways at least one
   */
  public static ReceptiveField ofAll(List<ReceptiveField> ways) {
    ReceptiveField widest = ways.get(0);
    double first = widest.first;
    double last = widest.last;
    double middle = 0;
    boolean alike = true;
    for (ReceptiveField way : ways) {
      alike &= Math.abs(way.stride - widest.stride) <= SAME * widest.stride;
      widest = way.size() > widest.size() ? way : widest;
      first = Math.min(first, way.first);
      last = Math.max(last, way.last);
      middle += way.middle / ways.size();
    }
    return alike ? new ReceptiveField(first, middle, last, widest.stride) : widest;
  }

  /** How many pixels a cell sees. */
  public double size() {
    return last - first + 1;
  }

  /** Where a cell looks, from the left or upper edge of the image: pixel 0 is at ½. */
  public double centre(double cell) {
    return middle + .5 + stride * cell;
  }
}
