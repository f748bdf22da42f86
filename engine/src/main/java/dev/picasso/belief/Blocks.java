package dev.picasso.belief;

import dev.picasso.attribution.InapplicableException;
import dev.picasso.image.HeatMap;
import dev.picasso.model.InputSpec;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The pixels of a model's input in squares that are taken out and put back as a whole, row by row
 * from the top left; those at the right and at the bottom may be smaller.
 *
 * @param width of the input in pixels
 * @param height of the input in pixels
 * @param side of a square in pixels; 1 makes each pixel a block of its own
 */
record Blocks(int width, int height, int side) {
  /** As many blocks along the shorter side, where nobody chose: those of 224 have 8 pixels. */
  private static final int ALONG = 28;

  private static final int FEWEST = 4;

  /**
   * The blocks of a model's input.
   *
   * @param side 0 for a 28th of the shorter side
   * @throws InapplicableException if there are fewer than four
   */
  static Blocks of(InputSpec input, int side) {
    int shorter = Math.min(input.width(), input.height());
    int chosen = side > 0 ? side : Math.max(1, Math.round((float) shorter / ALONG));
    Blocks blocks = new Blocks(input.width(), input.height(), chosen);
    if (blocks.count() < FEWEST) {
      throw new InapplicableException(
          "Blocks of %d pixels cut an input of %d × %d into %d; there must be %d or more. Choose smaller ones."
              .formatted(chosen, input.width(), input.height(), blocks.count(), FEWEST));
    }
    return blocks;
  }

  private int across() {
    return (width + side - 1) / side;
  }

  int count() {
    return across() * ((height + side - 1) / side);
  }

  /** In words, as in "blocks of 8 × 8 pixels". */
  String words() {
    return side == 1 ? "single pixels" : "blocks of %d × %d pixels".formatted(side, side);
  }

  /** Adds the pixels of some blocks to others. */
  void add(BitSet pixels, int[] blocks, int from, int to) {
    for (int k = from; k < to; k++) {
      int left = blocks[k] % across() * side;
      int right = Math.min(width, left + side);
      int top = blocks[k] / across() * side;
      for (int y = top; y < Math.min(height, top + side); y++) {
        pixels.set(y * width + left, y * width + right);
      }
    }
  }

  /** The sum of a map over each block. */
  double[] sums(HeatMap map) {
    double[] sums = new double[count()];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sums[y / side * across() + x / side] += map.at(x, y);
      }
    }
    return sums;
  }

  /**
   * The blocks, first those where a map is largest in the mean; what is alike comes in a random
   * order, since an order by place would be a guess about the picture.
   */
  int[] ordered(HeatMap map, long seed) {
    double[] means = sums(map);
    for (int k = 0; k < means.length; k++) {
      int wide = Math.min(side, width - k % across() * side);
      int high = Math.min(side, height - k / across() * side);
      means[k] /= wide * high;
    }
    return IntStream.of(shuffled(new Random(seed)))
        .boxed()
        .sorted(Comparator.comparingDouble(k -> 0 - means[k]))
        .mapToInt(k -> k)
        .toArray();
  }

  /** The blocks in a random order. */
  int[] shuffled(Random random) {
    int[] order = IntStream.range(0, count()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[other];
      order[other] = moved;
    }
    return order;
  }
}
