package dev.picasso.image.segments;

import dev.picasso.image.Border;
import dev.picasso.image.GaussianBlur;
import dev.picasso.image.Picture;

/**
 * The pixels of a picture, each joined with its eight neighbours by edges as long as their colours
 * differ; the shortest edge first.
 */
final class PixelGraph {
  private final int width;
  private final int height;

  /** The two ends of each edge, pixels counted row by row. */
  private final int[] from;

  private final int[] to;

  /** How far the colours of its ends are apart. */
  private final double[] lengths;

  private PixelGraph(int width, int height, int[] from, int[] to, double[] lengths) {
    this.width = width;
    this.height = height;
    this.from = from;
    this.to = to;
    this.lengths = lengths;
  }

  /**
   * The graph of a blurred picture.
   *
   * @param factor samples are multiplied with it
   */
  static PixelGraph of(Picture picture, double sigma, double factor) {
    int width = picture.width();
    int height = picture.height();
    double[][] planes = new double[3][width * height];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < width * height; i++) {
        planes[c][i] = factor * picture.sample(i % width, i / width, c);
      }
      new GaussianBlur(sigma, Border.REFLECT).blur(planes[c], height, width);
    }
    return sorted(width, height, planes);
  }

  /** Edges to the right, down, down right and up right, in this order where they are alike. */
  private static PixelGraph sorted(int width, int height, double[][] planes) {
    int edges = Math.multiplyExact(4, Math.multiplyExact(width, height));
    long[] keys = new long[edges];
    int[] ids = new int[edges];
    int[] ends = {1, width, width + 1, 1 - width};
    int n = 0;
    for (int direction = 0; direction < 4; direction++) {
      int firstRow = direction == 3 ? 1 : 0;
      int rows = direction == 0 || direction == 3 ? height : height - 1;
      int columns = direction == 1 ? width : width - 1;
      for (int y = firstRow; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          int pixel = y * width + x;
          keys[n] = Double.doubleToLongBits(distance(planes, pixel, pixel + ends[direction]));
          ids[n++] = 4 * pixel + direction;
        }
      }
    }
    RadixSort.sort(keys, ids, n);
    int[] from = new int[n];
    int[] to = new int[n];
    double[] lengths = new double[n];
    for (int e = 0; e < n; e++) {
      from[e] = ids[e] / 4;
      to[e] = from[e] + ends[ids[e] % 4];
      lengths[e] = Double.longBitsToDouble(keys[e]);
    }
    return new PixelGraph(width, height, from, to, lengths);
  }

  private static double distance(double[][] planes, int a, int b) {
    double sum = 0;
    for (double[] plane : planes) {
      double difference = plane[a] - plane[b];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  /**
   * Felzenszwalb and Huttenlocher's regions: two grow together where the edge between them is no
   * longer than the longest inside each, and a little more for small ones.
   *
   * @param scale what is added is scale divided by the number of pixels
   * @param minSize what is smaller is joined with the neighbour most alike
   */
  Segments joined(double scale, int minSize) {
    Forest forest = new Forest(width * height);
    double[] inside = new double[width * height];
    for (int e = 0; e < lengths.length; e++) {
      int a = forest.root(from[e]);
      int b = forest.root(to[e]);
      double most =
          Math.min(inside[a] + scale / forest.size(a), inside[b] + scale / forest.size(b));
      if (a != b && lengths[e] < most) {
        inside[forest.join(a, b)] = lengths[e];
      }
    }
    for (int e = 0; e < lengths.length; e++) {
      int a = forest.root(from[e]);
      int b = forest.root(to[e]);
      if (a != b && (forest.size(a) < minSize || forest.size(b) < minSize)) {
        forest.join(a, b);
      }
    }
    return Segments.of(width, height, forest.roots());
  }
}
