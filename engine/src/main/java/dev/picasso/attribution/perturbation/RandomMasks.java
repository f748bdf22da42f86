package dev.picasso.attribution.perturbation;

import java.util.Random;

/**
 * The random masks of RISE, one after another: a grid of cells, each kept with a probability,
 * enlarged ({@link Enlargement}) to a little more than the picture and cut out at a random place.
 */
final class RandomMasks {
  private final int downwards;
  private final int across;
  private final int grid;
  private final double keep;
  private final Random random;

  /**
   * The same seed gives the same masks, for pictures of one size.
   *
   * @param downwards in how many places masks lie along the picture's height
   * @param across along its width
   */
  RandomMasks(int downwards, int across, int grid, double keep, long seed) {
    this.downwards = downwards;
    this.across = across;
    this.grid = grid;
    this.keep = keep;
    // Not a faster generator: of this one every Java gives the same numbers.
    this.random = new Random(seed);
  }

  /**
   * A mask as it is drawn.
   *
   * @param cells grid · grid numbers, row by row: 1 for what is seen, 0 for what is not
   * @param down the place along the height
   * @param across the place along the width
   */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  record Drawn(float[] cells, int down, int across) {}

  /** Draws the next mask. */
  Drawn next() {
    float[] cells = new float[grid * grid];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = random.nextDouble() < keep ? 1 : 0;
    }
    return new Drawn(cells, random.nextInt(downwards), random.nextInt(across));
  }
}
