package dev.picasso.attribution.perturbation;

import dev.picasso.graph.Tensor;

/**
 * Cells along one side of a picture, enlarged to its pixels in each of several places: what share
 * each cell has in each pixel.
 *
 * @param length pixels of the side
 * @param cells that are enlarged
 * @param cell for each pixel of each place, place by place, as many cells as there are arrays
 * @param share what each of them counts there
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Enlargement(int length, int cells, int[][] cell, double[][] share) {

  /**
   * The enlargement of RISE. As in the authors' program a grid of s cells becomes one of (s + 1)
   * cells, each of as many pixels as makes s of them reach over the picture, with half-pixel
   * centres and mirrored at its outermost cells; the place is any pixel of the first cell.
   */
  static Enlargement of(int length, int grid) {
    int places = (length + grid - 1) / grid;
    int[][] cell = new int[2][places * length];
    double[][] share = new double[2][places * length];
    for (int at = 0; at < places * length; at++) {
      int pixel = at % length + at / length;
      double middle = (pixel + .5) * grid / ((grid + 1.) * places) - .5;
      int before = (int) Math.floor(middle);
      float far = (float) (middle - before);
      cell[0][at] = mirrored(before, grid);
      cell[1][at] = mirrored(before + 1, grid);
      share[0][at] = 1 - far;
      share[1][at] = far;
    }
    return new Enlargement(length, grid, cell, share);
  }

  /** The cell beyond an outermost one is the one before it. */
  private static int mirrored(int cell, int grid) {
    if (grid == 1) {
      return 0;
    }
    return cell < 0 ? -cell : cell >= grid ? 2 * grid - 2 - cell : cell;
  }

  /** In how many places. */
  int places() {
    return cell[0].length / length;
  }

  /**
   * What the square of something enlarged is made of: of the squares of cells, which are cells 0,
   * 2, 4, … here, and of the products of each with the next one, which are 1, 3, 5, …
   */
  Enlargement squared() {
    int[][] parts = new int[3][cell[0].length];
    double[][] shares = new double[3][cell[0].length];
    for (int at = 0; at < cell[0].length; at++) {
      int one = cell[0][at];
      int other = cell[1][at];
      parts[0][at] = 2 * one;
      parts[1][at] = 2 * other;
      parts[2][at] = one + other; // of neighbours an odd number
      shares[0][at] = share[0][at] * share[0][at];
      shares[1][at] = share[1][at] * share[1][at];
      shares[2][at] = 2 * share[0][at] * share[1][at];
    }
    return new Enlargement(length, 2 * cells, parts, shares);
  }

  /** The shares as a matrix for each place, [places, length, cells]. */
  Tensor matrices() {
    float[] all = new float[cell[0].length * cells];
    for (int part = 0; part < cell.length; part++) {
      for (int at = 0; at < cell[part].length; at++) {
        all[at * cells + cell[part][at]] += (float) share[part][at];
      }
    }
    return Tensor.of(all, places(), length, cells);
  }
}
