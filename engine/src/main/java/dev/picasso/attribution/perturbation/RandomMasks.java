package dev.picasso.attribution.perturbation;

import java.util.Random;

/**
 * The random masks of RISE, one after another: a grid of cells, each kept with a probability,
 * enlarged bilinearly to a little more than the picture and cut out at a random place.
 *
 * <p>As in the authors' program, the grid of s × s becomes one of (s + 1) cells a side, with
 * half-pixel centres and mirrored at its outermost cells, and the place is any pixel of the first
 * cell.
 */
final class RandomMasks {
  private final int height;
  private final int width;
  private final int grid;
  private final double keep;
  private final Random random;

  /** The same seed gives the same masks, for pictures of one size. */
  RandomMasks(int height, int width, int grid, double keep, long seed) {
    this.height = height;
    this.width = width;
    this.grid = grid;
    this.keep = keep;
    // Not a faster generator: of this one every Java gives the same numbers.
    this.random = new Random(seed);
  }

  /**
   * Draws the next mask.
   *
   * @param mask height · width weights from 0 to 1, row by row, are put here
   */
  void next(float[] mask) {
    float[] cells = new float[grid * grid];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = random.nextDouble() < keep ? 1 : 0;
    }
    Axis down = axis(height);
    Axis across = axis(width);
    for (int y = 0; y < height; y++) {
      int upper = down.first[y] * grid;
      int lower = down.second[y] * grid;
      float low = down.weight[y];
      for (int x = 0; x < width; x++) {
        int left = across.first[x];
        int right = across.second[x];
        float far = across.weight[x];
        float above = cells[upper + left] + far * (cells[upper + right] - cells[upper + left]);
        float below = cells[lower + left] + far * (cells[lower + right] - cells[lower + left]);
        mask[y * width + x] = above + low * (below - above);
      }
    }
  }

  /** For each pixel along a side the two cells between which it lies, and the second's weight. */
  private static final class Axis {
    private final int[] first;
    private final int[] second;
    private final float[] weight;

    Axis(int length) {
      first = new int[length];
      second = new int[length];
      weight = new float[length];
    }
  }

  private Axis axis(int length) {
    int cell = (length + grid - 1) / grid;
    int shift = random.nextInt(cell);
    Axis axis = new Axis(length);
    for (int i = 0; i < length; i++) {
      double place = (i + shift + .5) * grid / ((grid + 1.) * cell) - .5;
      int before = (int) Math.floor(place);
      axis.first[i] = mirrored(before);
      axis.second[i] = mirrored(before + 1);
      axis.weight[i] = (float) (place - before);
    }
    return axis;
  }

  /** The cell beyond an outermost one is the one before it. */
  private int mirrored(int cell) {
    if (grid == 1) {
      return 0;
    }
    return cell < 0 ? -cell : cell >= grid ? 2 * grid - 2 - cell : cell;
  }
}
