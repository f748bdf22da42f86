package dev.picasso.image;

import java.util.Arrays;
import java.util.List;

/**
 * A colour picture of floats, as a rule of the size that a model takes: sRGB, 0 to 255, with a
 * fourth channel where the model takes one. Pictures do not change; covering a part gives a new
 * one.
 */
public final class Picture implements PixelSource {
  private final int width;
  private final int height;
  private final int channels;
  private final float[] samples;
  private final boolean eightBit;

  private Picture(int width, int height, int channels, float[] samples, boolean eightBit) {
    if (width < 1 || height < 1 || samples.length != (long) channels * width * height) {
      throw new IllegalArgumentException(
          "%d × %d pixels do not take %d samples".formatted(width, height, samples.length));
    }
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.samples = samples;
    this.eightBit = eightBit;
  }

  /**
   * A picture over samples that the caller no longer changes.
   *
   * @param rgb 3 · width · height samples, row by row, red green blue
   */
  public static Picture of(int width, int height, float[] rgb) {
    return new Picture(width, height, 3, rgb, false);
  }

  /**
   * A picture of four channels over samples that the caller no longer changes.
   *
   * @param samples 4 · width · height, row by row, red green blue fourth
   */
  public static Picture ofFour(int width, int height, float[] samples) {
    return new Picture(width, height, 4, samples, false);
  }

  /**
   * A picture of three or four channels.
   *
   * @param whole whether all samples are whole numbers
   */
  static Picture of(int width, int height, int channels, float[] samples, boolean whole) {
    return new Picture(width, height, channels, samples, whole);
  }

  /** A picture of one grey: 0 is black, 255 white. */
  public static Picture grey(int width, int height, float value) {
    float[] rgb = new float[3 * width * height];
    Arrays.fill(rgb, value);
    return of(width, height, rgb);
  }

  /** All of another source, as floats. */
  public static Picture of(PixelSource source) {
    int stride = 3 * source.width();
    float[] rgb = new float[Math.multiplyExact(stride, source.height())];
    float[] row = new float[stride];
    for (int y = 0; y < source.height(); y++) {
      source.row(y, row);
      System.arraycopy(row, 0, rgb, y * stride, stride);
    }
    return new Picture(source.width(), source.height(), 3, rgb, source.eightBit());
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public boolean eightBit() {
    return eightBit;
  }

  @Override
  public boolean hasFourth() {
    return channels == 4;
  }

  @Override
  public void row(int y, float[] into) {
    int start = channels * width * y;
    if (channels == 3) {
      System.arraycopy(samples, start, into, 0, 3 * width);
      return;
    }
    for (int x = 0; x < width; x++) {
      System.arraycopy(samples, start + channels * x, into, 3 * x, 3);
    }
  }

  @Override
  public void rowOfFour(int y, float[] into) {
    if (channels != 4) {
      PixelSource.super.rowOfFour(y, into);
    }
    System.arraycopy(samples, 4 * width * y, into, 0, 4 * width);
  }

  /**
   * One sample.
   *
   * @param channel 0 red, 1 green, 2 blue, 3 the fourth where there is one
   */
  public float sample(int x, int y, int channel) {
    return samples[channels * (y * width + x) + channel];
  }

  /** A channel of pixel i, counted row by row. */
  float sample(int pixel, int channel) {
    return samples[channels * pixel + channel];
  }

  /**
   * This picture with a window filled with one grey, in the fourth channel too; what lies outside
   * the picture is left out.
   */
  public Picture covered(Window window, float value) {
    return covered(List.of(window), value);
  }

  /** This picture with several windows filled with one grey. */
  public Picture covered(List<Window> windows, float value) {
    return changed(windows, (at, n, out) -> Arrays.fill(out, at, at + n, value));
  }

  /**
   * This picture with a window taken from another of the same size and channels: a blurred one, a
   * mean, noise.
   */
  public Picture covered(Window window, Picture cover) {
    if (cover.width != width || cover.height != height || cover.channels != channels) {
      throw new IllegalArgumentException(
          "a cover of %d × %d pixels of %d channels does not fit a picture of %d × %d of %d"
              .formatted(cover.width, cover.height, cover.channels, width, height, channels));
    }
    return changed(
        List.of(window), (at, n, out) -> System.arraycopy(cover.samples, at, out, at, n));
  }

  /** This picture with another one over it, which lies within it and has as many channels. */
  Picture with(int left, int top, Picture piece) {
    float[] out = samples.clone();
    int row = channels * piece.width;
    for (int y = 0; y < piece.height; y++) {
      System.arraycopy(piece.samples, y * row, out, channels * ((top + y) * width + left), row);
    }
    return new Picture(width, height, channels, out, false);
  }

  private Picture changed(List<Window> windows, RowChange change) {
    float[] out = samples.clone();
    for (Window window : windows) {
      Window inside = window.clippedTo(width, height);
      for (int y = inside.top(); y < inside.top() + inside.height(); y++) {
        change.apply(channels * (y * width + inside.left()), channels * inside.width(), out);
      }
    }
    return new Picture(width, height, channels, out, false);
  }

  private interface RowChange {
    void apply(int at, int samples, float[] out);
  }
}
