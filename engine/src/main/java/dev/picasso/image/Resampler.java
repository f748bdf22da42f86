package dev.picasso.image;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Resizes pictures as Pillow does: first along the rows, then along the columns, with results of
 * each pass rounded to whole numbers for 8-bit pictures. Only the part that is asked for is
 * computed, so that a picture of 1 × 1,000,000 pixels costs no more than any other.
 */
final class Resampler {
  private final ResizeFilter filter;
  private final boolean antialias;
  private final int channels;

  /**
   * @param antialias whether filters widen when the picture shrinks; without, results are not
   *     rounded, as TensorFlow's {@code tf.image.resize} does
   * @param channels 3, or 4 for pictures that have a fourth
   */
  Resampler(ResizeFilter filter, boolean antialias, int channels) {
    this.filter = filter;
    this.antialias = antialias;
    this.channels = channels;
  }

  Picture resize(PixelSource source, int width, int height) {
    Window all = new Window(0, 0, source.width(), source.height());
    return resize(source, new Placement(all, width, height, 0, 0), width, height, 0);
  }

  /** The pixels of a placement; what the source does not reach becomes a grey margin. */
  Picture resize(PixelSource source, Placement placement, int width, int height, int margin) {
    Window part = placement.source();
    Taps across =
        Taps.of(filter, antialias, 0, placement.scaleX(), placement.left(), width, part.width());
    Taps down =
        Taps.of(filter, antialias, 0, placement.scaleY(), placement.top(), height, part.height());
    boolean round = source.eightBit() && (antialias || filter == ResizeFilter.NEAREST);
    if (round) {
      across = across.rounded();
      down = down.rounded();
    }
    float[] out = new float[Math.multiplyExact(channels * width, height)];
    Arrays.fill(out, margin);
    resize(source, part, across, down, round, out);
    return Picture.of(width, height, channels, out, round);
  }

  /**
   * Goes once over the rows that are needed, from top to bottom; only the rows of the result that a
   * row takes part in are under way.
   */
  private void resize(
      PixelSource source, Window part, Taps across, Taps down, boolean round, float[] out) {
    float[] row = new float[channels * source.width()];
    float[] resized = new float[channels * across.count()];
    Deque<Sum> underWay = new ArrayDeque<>();
    int next = 0;
    for (int y = Math.min(down.lowest(), down.end()); y < down.end(); y++) {
      while (next < down.count() && (down.length(next) == 0 || down.first(next) <= y)) {
        if (down.length(next) > 0) {
          underWay.add(new Sum(down, next, resized.length));
        }
        next++;
      }
      if (underWay.isEmpty()) {
        continue;
      }
      read(source, part.top() + y, row);
      resizeRow(row, part.left(), across, round, resized);
      for (Sum sum : underWay) {
        sum.add(resized, y);
      }
      while (!underWay.isEmpty() && underWay.getFirst().end() <= y + 1) {
        underWay.removeFirst().writeTo(out, across, channels, round);
      }
    }
  }

  private void read(PixelSource source, int y, float[] into) {
    if (channels == 4) {
      source.rowOfFour(y, into);
    } else {
      source.row(y, into);
    }
  }

  private void resizeRow(float[] row, int left, Taps across, boolean round, float[] out) {
    for (int x = 0; x < across.count(); x++) {
      int at = channels * (left + across.first(x));
      double[] weights = across.weights(x);
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
          sum += weights[k] * row[at + channels * k + c];
        }
        out[channels * x + c] = clamped(sum, round);
      }
    }
  }

  /** A row of the result, as far as the rows that it is made of have come. */
  private static final class Sum {
    private final int y;
    private final int first;
    private final double[] weights;
    private final double[] sums;

    Sum(Taps down, int y, int samples) {
      this.y = y;
      this.first = down.first(y);
      this.weights = down.weights(y);
      this.sums = new double[samples];
    }

    int end() {
      return first + weights.length;
    }

    void add(float[] row, int place) {
      double weight = weights[place - first];
      for (int i = 0; i < sums.length; i++) {
        sums[i] += weight * row[i];
      }
    }

    void writeTo(float[] out, Taps across, int channels, boolean round) {
      for (int x = 0; x < across.count(); x++) {
        for (int c = 0; c < channels && across.length(x) > 0; c++) {
          out[y * sums.length + channels * x + c] = clamped(sums[channels * x + c], round);
        }
      }
    }
  }

  private static float clamped(double sample, boolean round) {
    double value =
        round ? (int) (sample + .5) : sample; // below zero is cut off, however it is rounded
    return value > 0 ? value < 255 ? (float) value : 255 : 0;
  }
}
