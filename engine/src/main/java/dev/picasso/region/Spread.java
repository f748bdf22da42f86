package dev.picasso.region;

/**
 * How an operator carries a change on.
 *
 * @param to what changes of its outputs
 * @param down the windows over rows in which it reads those inputs that change
 * @param across those over columns
 * @param outside what it takes cells beyond the borders for
 */
public record Spread(Changed to, Sweep down, Sweep across, float outside) {
  /** Each cell from those at its place. */
  static Spread same(Changed to) {
    return new Spread(to, Sweep.SAME, Sweep.SAME, 0);
  }

  /** Whether it reads cells of its inputs beside those at the place of its output. */
  boolean windowed() {
    return !down.equals(Sweep.SAME) || !across.equals(Sweep.SAME);
  }
}
