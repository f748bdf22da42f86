package dev.picasso.region;

import java.util.Optional;

/**
 * Which cells of a value change when neighbouring pixels do, along one axis: those from ⌊(first
 * pixel + low) / stride⌋ to ⌊(last pixel + high) / stride⌋, as far as the value has them.
 *
 * <p>Windows behind windows have this form again, since ⌊(⌊a / s⌋ + b) / t⌋ = ⌊(a + s b) / (s t)⌋.
 * So a whole network between a pixel and a value is three numbers, whatever the pixels.
 *
 * @param stride pixels from a cell to the next
 * @param low not above {@code high + stride}
 */
public record Influence(long stride, long low, long high) {
  /** The pixels themselves. */
  public static final Influence PIXELS = new Influence(1, 0, 0);

  /**
   * What changes behind windows over these cells. Output o of a window reads o · stride − before to
   * that + extent − 1, so cell i changes outputs from ⌈(i + before − extent + 1) / stride⌉ to ⌊(i +
   * before) / stride⌋.
   */
  Influence through(Sweep sweep) {
    long first = (long) sweep.before() - sweep.extent() + sweep.stride();
    return new Influence(
        stride * sweep.stride(), low + stride * first, high + stride * sweep.before());
  }

  /** What either changes; empty where cells are not the same pixels apart. */
  Optional<Influence> or(Influence other) {
    return stride == other.stride
        ? Optional.of(new Influence(stride, Math.min(low, other.low), Math.max(high, other.high)))
        : Optional.empty();
  }

  /**
   * The cells that change.
   *
   * @param pixels at least one
   * @param cells how many cells there are
   */
  public Span of(Span pixels, int cells) {
    return of(pixels, cells, 1);
  }

  /**
   * The middle of the cells that change.
   *
   * @param pixels at least one
   * @param cells how many cells there are
   * @param cap of them, as a share; 1 for all that change
   */
  public Span of(Span pixels, int cells, double cap) {
    long first = Math.floorDiv(pixels.from() + low, stride);
    long last = Math.floorDiv(pixels.to() - 1 + high, stride);
    Span all = new Span(Math.toIntExact(first), Math.toIntExact(Math.max(first, last + 1)));
    Span middle = cap < 1 ? all.cut((int) Math.ceil(cap * cells)) : all;
    int from = Math.max(0, Math.min(cells, middle.from()));
    return new Span(from, Math.max(from, Math.min(cells, middle.to())));
  }

  /** How many cells change in the mean over all places of so many pixels along an axis. */
  double mean(int pixels, int axis, int cells, double cap) {
    int places = axis - pixels + 1;
    long sum = 0;
    for (int from = 0; from < places; from++) {
      sum += Math.max(1, of(new Span(from, from + pixels), cells, cap).length());
    }
    return sum / (double) places;
  }
}
