package dev.picasso.image;

import java.util.Arrays;

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
    int firstRow = Math.min(down.lowest(), down.end());
    float[][] rows = rows(source, part, across, firstRow, down.end(), round);
    float[] out = new float[Math.multiplyExact(channels * width, height)];
    Arrays.fill(out, margin);
    for (int y = 0; y < height; y++) {
      column(rows, firstRow, down, y, across, round, out);
    }
    return Picture.of(width, height, channels, out, round);
  }

  /** The rows of the source that are needed, resized along the row. */
  private float[][] rows(
      PixelSource source, Window part, Taps across, int from, int to, boolean round) {
    float[] row = new float[channels * source.width()];
    float[][] rows = new float[to - from][];
    for (int y = from; y < to; y++) {
      read(source, part.top() + y, row);
      float[] resized = new float[channels * across.count()];
      for (int x = 0; x < across.count(); x++) {
        int at = channels * (part.left() + across.first(x));
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          for (int k = 0; k < across.length(x); k++) {
            sum += across.weight(x, k) * row[at + channels * k + c];
          }
          resized[channels * x + c] = clamped(sum, round);
        }
      }
      rows[y - from] = resized;
    }
    return rows;
  }

  private void read(PixelSource source, int y, float[] into) {
    if (channels == 4) {
      source.rowOfFour(y, into);
    } else {
      source.row(y, into);
    }
  }

  private void column(
      float[][] rows, int firstRow, Taps down, int y, Taps across, boolean round, float[] out) {
    if (down.length(y) == 0) {
      return;
    }
    int first = down.first(y) - firstRow;
    for (int x = 0; x < across.count(); x++) {
      for (int c = 0; c < channels && across.length(x) > 0; c++) {
        double sum = 0;
        for (int k = 0; k < down.length(y); k++) {
          sum += down.weight(y, k) * rows[first + k][channels * x + c];
        }
        out[channels * (y * across.count() + x) + c] = clamped(sum, round);
      }
    }
  }

  private static float clamped(double sample, boolean round) {
    double value = round ? Math.floor(sample + .5) : sample;
    return (float) Math.min(Math.max(value, 0), 255);
  }
}
