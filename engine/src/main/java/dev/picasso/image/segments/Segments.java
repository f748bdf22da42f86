package dev.picasso.image.segments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A picture cut into regions. Every pixel is in exactly one; they are numbered from 0 in the order
 * in which they are met row by row. Segments do not change.
 */
public final class Segments {
  private final int width;
  private final int height;
  private final int[] labels;
  private final int count;

  private Segments(int width, int height, int[] labels, int count) {
    this.width = width;
    this.height = height;
    this.labels = labels;
    this.count = count;
  }

  /**
   * The regions of pixels with one number each.
   *
   * @param numbers one for each pixel, row by row, from 0 to width · height − 1; not kept
   */
  public static Segments of(int width, int height, int[] numbers) {
    int size = Math.multiplyExact(width, height);
    if (width < 1 || height < 1 || numbers.length != size) {
      throw new IllegalArgumentException(
          "%d × %d pixels do not take %d labels".formatted(width, height, numbers.length));
    }
    return numbered(width, height, numbers.clone(), size);
  }

  /**
   * Numbers regions anew, in the order in which they are met.
   *
   * @param below all numbers are smaller
   */
  private static Segments numbered(int width, int height, int[] numbers, int below) {
    int[] renamed = new int[below];
    Arrays.fill(renamed, -1);
    int count = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (renamed[numbers[i]] < 0) {
        renamed[numbers[i]] = count++;
      }
      numbers[i] = renamed[numbers[i]];
    }
    return new Segments(width, height, numbers, count);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Number of regions. */
  public int count() {
    return count;
  }

  /** The region of a pixel, counted row by row. */
  public int label(int pixel) {
    return labels[pixel];
  }

  public int label(int x, int y) {
    return labels[y * width + x];
  }

  /** A copy of the regions of all pixels, row by row. */
  public int[] labels() {
    return labels.clone();
  }

  /** Number of pixels of each region. */
  public int[] sizes() {
    int[] sizes = new int[count];
    for (int label : labels) {
      sizes[label]++;
    }
    return sizes;
  }

  /** One region. */
  public Mask mask(int region) {
    return Mask.of(width, height, i -> labels[i] == region);
  }

  /** All regions, by their numbers. */
  public List<Mask> masks() {
    List<Mask> masks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      masks.add(mask(i));
    }
    return masks;
  }

  /** For each region those that share an edge of a pixel with it. */
  public List<BitSet> neighbours() {
    List<BitSet> neighbours = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      neighbours.add(new BitSet(count));
    }
    for (int i = 0; i < labels.length; i++) {
      if (i % width > 0) {
        join(neighbours, labels[i - 1], labels[i]);
      }
      if (i >= width) {
        join(neighbours, labels[i - width], labels[i]);
      }
    }
    return neighbours;
  }

  private static void join(List<BitSet> neighbours, int a, int b) {
    if (a != b) {
      neighbours.get(a).set(b);
      neighbours.get(b).set(a);
    }
  }

  /** The same regions at another size; of a much smaller one, thin regions are lost. */
  public Segments resized(int newWidth, int newHeight) {
    int[] out = new int[Math.multiplyExact(newWidth, newHeight)];
    for (int i = 0; i < out.length; i++) {
      int x = i % newWidth;
      int y = i / newWidth;
      out[i] = label(middle(x, newWidth, width), middle(y, newHeight, height));
    }
    return numbered(newWidth, newHeight, out, count);
  }

  /** The place in which the middle of a place lies when an axis has another size. */
  private static int middle(int place, int size, int otherSize) {
    return (int) ((place + .5) * otherSize / size);
  }

  @Override
  public String toString() {
    return "%d segments of %d × %d pixels".formatted(count, width, height);
  }
}
