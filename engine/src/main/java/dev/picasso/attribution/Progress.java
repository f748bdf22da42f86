package dev.picasso.attribution;

/** Hears how far a piece of work is. */
@FunctionalInterface
public interface Progress {
  /** For work that nobody watches. */
  Progress NONE = share -> {};

  /**
   * A share of the work is done.
   *
   * @param share from 0 to 1, never less than before
   * @throws dev.picasso.StoppedException if the work is to end
   */
  void done(double share);

  /** A part of this work, from one share to another, as work of its own. */
  default Progress part(double from, double to) {
    return share -> done(from + (to - from) * share);
  }
}
