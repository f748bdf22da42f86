package dev.picasso.image;

import java.util.Objects;

/**
 * A picture as its file holds it: upright (orientation applied), in sRGB with 8 or 16 bits a
 * sample. It keeps the compact form of the file, since photographs have many pixels.
 *
 * <p>A fourth channel is kept beside the colours. Where it is transparency, {@link #row} shows the
 * picture over a background, and {@link #rowOfFour} gives all four as they are.
 */
public final class DecodedImage implements PixelSource {
  private final String name;
  private final int width;
  private final int height;
  private final boolean eightBit;
  private final int channels;
  private final Fourth fourth;
  private final Samples samples;

  /** What the fourth channel is. */
  private sealed interface Fourth {
    /** There is none, or it has nothing to do with what is seen. */
    record Unseen() implements Fourth {}

    /** Transparency over a grey from 0 to 255. */
    record Transparency(int background) implements Fourth {}
  }

  private DecodedImage(
      String name,
      int width,
      int height,
      int length,
      boolean eightBit,
      int channels,
      Fourth fourth,
      Samples samples) {
    if (width < 1 || height < 1 || length != (long) channels * width * height) {
      throw new IllegalArgumentException(
          "%d × %d pixels do not take %d samples".formatted(width, height, length));
    }
    this.name = Objects.requireNonNull(name);
    this.width = width;
    this.height = height;
    this.eightBit = eightBit;
    this.channels = channels;
    this.fourth = fourth;
    this.samples = samples;
  }

  /**
   * A picture of 8 bits a sample over an array that the caller no longer changes.
   *
   * @param name what messages and pages call it
   * @param rgb 3 · width · height samples, row by row, red green blue
   */
  public static DecodedImage of(String name, int width, int height, byte[] rgb) {
    return new DecodedImage(
        name, width, height, rgb.length, true, 3, new Fourth.Unseen(), new Bytes(rgb));
  }

  /** A picture of 16 bits a sample; 65535 is what 255 is for 8 bits. */
  public static DecodedImage of(String name, int width, int height, short[] rgb) {
    return new DecodedImage(
        name, width, height, rgb.length, false, 3, new Fourth.Unseen(), new Shorts(rgb));
  }

  /**
   * A picture of 8 bits a sample with a fourth channel that is not seen, such as near infrared.
   *
   * @param samples 4 · width · height, row by row, red green blue fourth
   */
  public static DecodedImage ofFour(String name, int width, int height, byte[] samples) {
    return new DecodedImage(
        name, width, height, samples.length, true, 4, new Fourth.Unseen(), new Bytes(samples));
  }

  /** The same of 16 bits a sample. */
  public static DecodedImage ofFour(String name, int width, int height, short[] samples) {
    return new DecodedImage(
        name, width, height, samples.length, false, 4, new Fourth.Unseen(), new Shorts(samples));
  }

  /**
   * The same picture with its fourth channel taken for transparency.
   *
   * @param background the grey behind it, 0 to 255
   */
  public DecodedImage transparentOver(int background) {
    return with(new Fourth.Transparency(background));
  }

  /** The same picture with the colours of transparent pixels as they are in the file. */
  public DecodedImage opaque() {
    return with(new Fourth.Unseen());
  }

  private DecodedImage with(Fourth other) {
    return new DecodedImage(
        name, width, height, channels * width * height, eightBit, channels, other, samples);
  }

  @Override
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

  /** Bytes that its samples take. */
  public long bytes() {
    return (eightBit ? 1L : 2L) * channels * width * height;
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
    int start = Math.multiplyExact(channels * width, y);
    if (channels == 3) {
      samples.copy(start, 3 * width, into);
      return;
    }
    for (int x = 0; x < width; x++) {
      for (int c = 0; c < 3; c++) {
        into[3 * x + c] = samples.scaled(seen(start + channels * x, c));
      }
    }
  }

  @Override
  public void rowOfFour(int y, float[] into) {
    if (channels != 4) {
      PixelSource.super.rowOfFour(y, into);
    }
    int start = Math.multiplyExact(4 * width, y);
    samples.copy(start, 4 * width, into);
  }

  /** A colour of the pixel whose samples begin there, over the background. */
  private int seen(int pixel, int channel) {
    int value = samples.at(pixel + channel);
    if (!(fourth instanceof Fourth.Transparency over) || channels != 4) {
      return value;
    }
    int alpha = samples.at(pixel + 3);
    int white = eightBit ? 255 : 65_535;
    long sum = (long) value * alpha + (long) over.background() * (white / 255) * (white - alpha);
    return (int) ((sum + white / 2) / white);
  }

  /** Samples as they lie in memory; whole rows of them are read at once, which is much faster. */
  private sealed interface Samples {
    int at(int i);

    /** On the scale from 0 to 255. */
    float scaled(int sample);

    /** Copies so many from one on, scaled. */
    void copy(int from, int count, float[] into);
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Bytes(byte[] all) implements Samples {
    @Override
    public int at(int i) {
      return all[i] & 0xFF;
    }

    @Override
    public float scaled(int sample) {
      return sample;
    }

    @Override
    public void copy(int from, int count, float[] into) {
      for (int i = 0; i < count; i++) {
        into[i] = all[from + i] & 0xFF;
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Shorts(short[] all) implements Samples {
    @Override
    public int at(int i) {
      return all[i] & 0xFFFF;
    }

    @Override
    public float scaled(int sample) {
      return sample / 257f;
    }

    @Override
    public void copy(int from, int count, float[] into) {
      for (int i = 0; i < count; i++) {
        into[i] = scaled(all[from + i] & 0xFFFF);
      }
    }
  }
}
