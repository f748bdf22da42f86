package dev.picasso.region;

/** For which cells of a map numbers are wanted, at each place that is looked at. */
public sealed interface Target {
  /** For all of them. */
  record All() implements Target {}

  /**
   * For those that windows read whose outputs change.
   *
   * @param outputs the outputs of the windows
   * @param down the windows over rows
   * @param across those over columns
   */
  record Windows(Field outputs, Sweep down, Sweep across) implements Target {}
}
