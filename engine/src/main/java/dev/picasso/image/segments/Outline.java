package dev.picasso.image.segments;

import dev.picasso.image.ImageException;
import java.util.BitSet;
import java.util.List;

/**
 * Where something is in a picture, as files of annotations write it. Coordinates are in pixels from
 * the top left corner of the picture; a pixel is in if its centre is.
 */
public sealed interface Outline {
  /** Sets the pixels of a picture of that size that are in; what lies outside is left out. */
  void fill(int width, int height, BitSet into);

  /** A rectangle. */
  record Box(double left, double top, double right, double bottom) implements Outline {
    @Override
    public void fill(int width, int height, BitSet into) {
      int from = firstCentre(left, width);
      int to = firstCentre(right, width);
      for (int y = firstCentre(top, height); y < firstCentre(bottom, height) && from < to; y++) {
        into.set(y * width + from, y * width + to);
      }
    }
  }

  /**
   * One polygon; where it crosses itself, what it goes round twice is out.
   *
   * @param corners x, y, x, y, …
   */
  @SuppressWarnings("ArrayRecordComponent") // many numbers, and nobody compares outlines
  record Polygon(double[] corners) implements Outline {
    @Override
    public void fill(int width, int height, BitSet into) {
      BitSet turns = new BitSet();
      int n = corners.length / 2;
      for (int i = 0; i < n; i++) {
        int next = (i + 1) % n;
        edge(
            corners[2 * i],
            corners[2 * i + 1],
            corners[2 * next],
            corners[2 * next + 1],
            width,
            height,
            turns);
      }
      for (int y = 0; y < height; y++) {
        boolean in = false;
        for (int x = 0; x < width; x++) {
          in ^= turns.get(y * (width + 1) + x);
          if (in) {
            into.set(y * width + x);
          }
        }
      }
    }

    /** In each row that an edge crosses, what is right of it turns from out to in or back. */
    private static void edge(
        double x0, double y0, double x1, double y1, int width, int height, BitSet turns) {
      double top = Math.min(y0, y1);
      double bottom = Math.max(y0, y1);
      for (int y = firstCentre(top, height); y < firstCentre(bottom, height); y++) {
        double x = x0 + (y + .5 - y0) * (x1 - x0) / (y1 - y0);
        turns.flip(y * (width + 1) + firstCentre(x, width));
      }
    }
  }

  /** Several that are in together. */
  record Several(List<Outline> outlines) implements Outline {
    public Several {
      outlines = List.copyOf(outlines);
    }

    @Override
    public void fill(int width, int height, BitSet into) {
      outlines.forEach(outline -> outline.fill(width, height, into));
    }
  }

  /**
   * Run lengths as COCO counts them, see {@link RunLengths}.
   *
   * @param counts not negative
   * @param rows of the mask
   */
  @SuppressWarnings("ArrayRecordComponent") // many numbers, and nobody compares outlines
  record Runs(long[] counts, int rows, int columns) implements Outline {
    @Override
    public void fill(int width, int height, BitSet into) {
      if (rows != height || columns != width) {
        throw new ImageException(
            "a mask of %d × %d pixels for a picture of %d × %d"
                .formatted(columns, rows, width, height));
      }
      long at = 0;
      boolean in = false;
      for (long count : counts) {
        if (count > (long) rows * columns - at) {
          throw new ImageException("run lengths that are longer than the picture");
        }
        if (in) {
          for (long i = at; i < at + count; i++) {
            into.set((int) (i % rows) * width + (int) (i / rows));
          }
        }
        at += count;
        in = !in;
      }
      if (at != (long) rows * columns) {
        throw new ImageException("run lengths that end before the picture does");
      }
    }
  }

  /** The first pixel whose centre is not left of a place, 0 to the length. */
  private static int firstCentre(double place, int length) {
    return (int) Math.min(Math.max(Math.ceil(place - .5), 0), length);
  }
}
