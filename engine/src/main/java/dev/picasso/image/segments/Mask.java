package dev.picasso.image.segments;

import dev.picasso.image.Window;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** A part of a picture, of any shape: each pixel is in it or not. Masks do not change. */
public final class Mask {
  private final int width;
  private final int height;
  private final BitSet pixels;

  private Mask(int width, int height, BitSet pixels) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  /**
   * The pixels for which something holds.
   *
   * @param holds is asked for each pixel, counted row by row
   */
  public static Mask of(int width, int height, IntPredicate holds) {
    int size = Math.multiplyExact(width, height);
    BitSet pixels = new BitSet(size);
    for (int i = 0; i < size; i++) {
      if (holds.test(i)) {
        pixels.set(i);
      }
    }
    return new Mask(width, height, pixels);
  }

  static Mask ofRuns(int width, int height, List<Island.Run> runs) {
    BitSet pixels = new BitSet(Math.multiplyExact(width, height));
    for (Island.Run run : runs) {
      pixels.set(run.y() * width + run.from(), run.y() * width + run.to());
    }
    return new Mask(width, height, pixels);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Whether a pixel, counted row by row, is in. */
  public boolean has(int pixel) {
    return pixels.get(pixel);
  }

  public boolean has(int x, int y) {
    return pixels.get(y * width + x);
  }

  /** Number of pixels. */
  public int area() {
    return pixels.cardinality();
  }

  /** The first pixel at or behind one, counted row by row; −1 if there is none. */
  public int next(int pixel) {
    return pixels.nextSetBit(pixel);
  }

  /** The first pixel at or behind one that is not in; width · height at most. */
  int nextOutside(int pixel) {
    return Math.min(pixels.nextClearBit(pixel), width * height);
  }

  /** The smallest window around it; empty if the mask is. */
  public Window bounds() {
    int left = width;
    int top = height;
    int right = 0;
    int bottom = 0;
    for (int i = next(0); i >= 0; i = next(i + 1)) {
      left = Math.min(left, i % width);
      right = Math.max(right, i % width + 1);
      top = Math.min(top, i / width);
      bottom = i / width + 1;
    }
    return right == 0 ? new Window(0, 0, 0, 0) : new Window(left, top, right - left, bottom - top);
  }

  /** What is in this one, in the other, or in both. */
  public Mask or(Mask other) {
    BitSet joined = (BitSet) pixels.clone();
    joined.or(fitting(other).pixels);
    return new Mask(width, height, joined);
  }

  /** What is in this one and not in the other. */
  public Mask without(Mask other) {
    BitSet left = (BitSet) pixels.clone();
    left.andNot(fitting(other).pixels);
    return new Mask(width, height, left);
  }

  private Mask fitting(Mask other) {
    if (other.width != width || other.height != height) {
      throw new IllegalArgumentException(
          "a mask of %d × %d pixels beside one of %d × %d"
              .formatted(other.width, other.height, width, height));
    }
    return other;
  }

  /**
   * All pixels that are no further away than a radius, counted between centres: dilation by a disk.
   */
  public Mask dilated(double radius) {
    BitSet grown = new BitSet(width * height);
    int reach = (int) radius;
    for (int y = 0; y < height; y++) {
      int end = (y + 1) * width;
      int from = pixels.nextSetBit(y * width);
      while (from >= 0 && from < end) {
        int to = Math.min(pixels.nextClearBit(from), end);
        for (int dy = Math.max(-reach, -y); dy <= reach && y + dy < height; dy++) {
          int beside = (int) Math.sqrt(radius * radius - dy * dy);
          int row = (y + dy) * width;
          int left = Math.max(from - y * width - beside, 0);
          int right = Math.min(to - y * width + beside, width);
          grown.set(row + left, row + right);
        }
        from = pixels.nextSetBit(to);
      }
    }
    return new Mask(width, height, grown);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask mask
        && mask.width == width
        && mask.height == height
        && mask.pixels.equals(pixels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + pixels.hashCode();
  }

  @Override
  public String toString() {
    return "mask of %d × %d pixels, %d in it".formatted(width, height, area());
  }
}
