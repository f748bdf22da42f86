package dev.picasso.image;

import java.util.Objects;

/**
 * A picture as its file holds it: upright (orientation applied), without transparency, in sRGB with
 * 8 or 16 bits a sample. It keeps the compact form of the file, since photographs have many pixels.
 */
public final class DecodedImage implements PixelSource {
  private final String name;
  private final int width;
  private final int height;
  private final boolean eightBit;
  private final SampleReader samples;

  private DecodedImage(
      String name, int width, int height, int length, boolean eightBit, SampleReader samples) {
    if (width < 1 || height < 1 || length != 3L * width * height) {
      throw new IllegalArgumentException(
          "%d × %d pixels do not take %d samples".formatted(width, height, length));
    }
    this.name = Objects.requireNonNull(name);
    this.width = width;
    this.height = height;
    this.eightBit = eightBit;
    this.samples = samples;
  }

  /**
   * A picture of 8 bits a sample over an array that the caller no longer changes.
   *
   * @param name what messages and pages call it
   * @param rgb 3 · width · height samples, row by row, red green blue
   */
  public static DecodedImage of(String name, int width, int height, byte[] rgb) {
    return new DecodedImage(name, width, height, rgb.length, true, i -> rgb[i] & 0xFF);
  }

  /** A picture of 16 bits a sample; 65535 is what 255 is for 8 bits. */
  public static DecodedImage of(String name, int width, int height, short[] rgb) {
    return new DecodedImage(name, width, height, rgb.length, false, i -> (rgb[i] & 0xFFFF) / 257f);
  }

  public String name() {
    return name;
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
    int start = Math.multiplyExact(3 * width, y);
    for (int i = 0; i < 3 * width; i++) {
      into[i] = samples.at(start + i);
    }
  }

  private interface SampleReader {
    float at(int i);
  }
}
