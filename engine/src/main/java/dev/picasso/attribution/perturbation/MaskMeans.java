package dev.picasso.attribution.perturbation;

import java.util.Map;
import java.util.TreeMap;

/**
 * The mean of p · m over masks m at each pixel, and how far it may be off.
 *
 * <p>Nothing is enlarged for each mask: masks that lie in one place are added up by their cells,
 * since what is enlarged from a sum is the sum of what is enlarged; and so are their squares, by
 * the products of neighbouring cells ({@link Enlargement#squared}).
 */
final class MaskMeans {
  private final Enlargement down;
  private final Enlargement across;
  private final int grid;

  /** By the place down, then across. */
  private final Map<Integer, Map<Integer, Sums>> sums = new TreeMap<>();

  private int count;

  MaskMeans(Enlargement down, Enlargement across) {
    this.down = down;
    this.across = across;
    this.grid = down.cells();
  }

  /** Sums over the masks of one place: p · m, and the square of it. */
  @SuppressWarnings("ArrayRecordComponent") // compared nowhere
  private record Sums(double[] first, double[] second) {}

  /** How many masks there are in the mean. */
  int count() {
    return count;
  }

  void add(RandomMasks.Drawn mask, double number) {
    Sums here =
        sums.computeIfAbsent(mask.down(), place -> new TreeMap<>())
            .computeIfAbsent(
                mask.across(),
                place -> new Sums(new double[grid * grid], new double[4 * grid * grid]));
    float[] cells = mask.cells();
    for (int i = 0; i < cells.length; i++) {
      here.first()[i] += number * cells[i];
    }
    addSquares(here.second(), cells, number * number);
    count++;
  }

  /** Products along both sides; of four cells both ways to pair them have half a share. */
  private void addSquares(double[] to, float[] cells, double square) {
    for (int y = 0; y < grid; y++) {
      for (int x = 0; x < grid; x++) {
        int i = y * grid + x;
        int at = 4 * y * grid + 2 * x;
        float here = cells[i];
        float right = x + 1 < grid ? cells[i + 1] : 0;
        float below = y + 1 < grid ? cells[i + grid] : 0;
        float aslant = x + 1 < grid && y + 1 < grid ? cells[i + grid + 1] : 0;
        to[at] += square * here * here;
        to[at + 1] += square * here * right;
        to[at + 2 * grid] += square * here * below;
        to[at + 2 * grid + 1] += square * (here * aslant + right * below) / 2;
      }
    }
  }

  /** The mean over the share of a mask that is seen, at each pixel. */
  float[] map(double keep) {
    double[] all = enlarged(false);
    float[] map = new float[all.length];
    for (int i = 0; i < map.length; i++) {
      map[i] = (float) (all[i] / count / keep);
    }
    return map;
  }

  /** The standard error of the map, that of the mean of independent masks. */
  float[] error(double keep) {
    double[] all = enlarged(false);
    double[] squares = enlarged(true);
    float[] error = new float[all.length];
    for (int i = 0; i < error.length; i++) {
      double mean = all[i] / count;
      double variance = Math.max(0, squares[i] / count - mean * mean) / (count - 1);
      error[i] = (float) (Math.sqrt(variance) / keep);
    }
    return error;
  }

  /** What all places add up to at each pixel: along the rows of cells first, then downwards. */
  private double[] enlarged(boolean squares) {
    Enlargement tall = squares ? down.squared() : down;
    Enlargement wide = squares ? across.squared() : across;
    double[] plane = new double[tall.length() * wide.length()];
    sums.forEach(
        (place, beside) -> {
          double[] lines = new double[tall.cells() * wide.length()];
          beside.forEach(
              (at, some) -> addLines(lines, squares ? some.second() : some.first(), wide, at));
          addRows(plane, lines, tall, wide.length(), place);
        });
    return plane;
  }

  private static void addLines(double[] lines, double[] cells, Enlargement wide, int place) {
    int length = wide.length();
    for (int part = 0; part < wide.cell().length; part++) {
      int[] cell = wide.cell()[part];
      double[] share = wide.share()[part];
      for (int line = 0; line < lines.length / length; line++) {
        for (int x = 0; x < length; x++) {
          int at = place * length + x;
          lines[line * length + x] += share[at] * cells[line * wide.cells() + cell[at]];
        }
      }
    }
  }

  private static void addRows(
      double[] plane, double[] lines, Enlargement tall, int width, int place) {
    for (int part = 0; part < tall.cell().length; part++) {
      for (int y = 0; y < tall.length(); y++) {
        int at = place * tall.length() + y;
        int line = tall.cell()[part][at] * width;
        double share = tall.share()[part][at];
        for (int x = 0; x < width; x++) {
          plane[y * width + x] += share * lines[line + x];
        }
      }
    }
  }
}
