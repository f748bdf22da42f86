package dev.picasso.image;

import java.util.Arrays;

/**
 * A colour picture of floats, as a rule of the size that a model takes: sRGB, 0 to 255. Pictures do
 * not change; covering a part gives a new one.
 */
public final class Picture implements PixelSource {
  private final int width;
  private final int height;
  private final float[] rgb;
  private final boolean eightBit;

  private Picture(int width, int height, float[] rgb, boolean eightBit) {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "%d × %d pixels do not take %d samples".formatted(width, height, rgb.length));
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
    this.eightBit = eightBit;
  }

  /**
   * A picture over samples that the caller no longer changes.
   *
   * @param rgb 3 · width · height samples, row by row, red green blue
   */
  public static Picture of(int width, int height, float[] rgb) {
    return new Picture(width, height, rgb, false);
  }

  /** As {@link #of}, for samples that are all whole numbers. */
  static Picture ofWholeNumbers(int width, int height, float[] rgb) {
    return new Picture(width, height, rgb, true);
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
    return new Picture(source.width(), source.height(), rgb, source.eightBit());
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
  public void row(int y, float[] into) {
    System.arraycopy(rgb, 3 * width * y, into, 0, 3 * width);
  }

  /**
   * One sample.
   *
   * @param channel 0 red, 1 green, 2 blue
   */
  public float sample(int x, int y, int channel) {
    return rgb[3 * (y * width + x) + channel];
  }

  /** Sample i of red, green, blue, row by row. */
  float sample(int i) {
    return rgb[i];
  }

  /** This picture with a window filled with one grey; what lies outside the picture is left out. */
  public Picture covered(Window window, float value) {
    return changed(window, (at, n, out) -> Arrays.fill(out, at, at + n, value));
  }

  /**
   * This picture with a window taken from another of the same size: a blurred one, a mean, noise.
   */
  public Picture covered(Window window, Picture cover) {
    if (cover.width != width || cover.height != height) {
      throw new IllegalArgumentException(
          "a cover of %d × %d pixels does not fit a picture of %d × %d"
              .formatted(cover.width, cover.height, width, height));
    }
    return changed(window, (at, n, out) -> System.arraycopy(cover.rgb, at, out, at, n));
  }

  private Picture changed(Window window, RowChange change) {
    Window inside = window.clippedTo(width, height);
    float[] out = rgb.clone();
    for (int y = inside.top(); y < inside.top() + inside.height(); y++) {
      change.apply(3 * (y * width + inside.left()), 3 * inside.width(), out);
    }
    return of(width, height, out);
  }

  private interface RowChange {
    void apply(int at, int samples, float[] out);
  }
}
