package dev.picasso.image.decode;

import dev.picasso.image.DecodedImage;
import dev.picasso.image.ImageException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.util.Arrays;

/**
 * Takes the samples out of an AWT image as they stand in the file. ({@code BufferedImage.getRGB}
 * would brighten greys, which Java takes for linear, and would halve 16-bit samples.)
 */
final class Pixels {
  private Pixels() {}

  static DecodedImage of(String name, BufferedImage image, Orientation turn, int background) {
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int height = image.getHeight();
    RowReader reader = reader(name, image.getColorModel(), raster, background);
    int[] row = new int[3 * width];
    byte[] eight = new byte[reader.deep() ? 0 : Math.multiplyExact(3 * width, height)];
    short[] sixteen = new short[reader.deep() ? Math.multiplyExact(3 * width, height) : 0];
    int[] samples = new int[width * raster.getNumBands()];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, samples);
      reader.toRgb(samples, row);
      for (int x = 0; x < width; x++) {
        int to = 3 * turn.index(x, y, width, height);
        for (int c = 0; c < 3; c++) {
          if (reader.deep()) {
            sixteen[to + c] = (short) row[3 * x + c];
          } else {
            eight[to + c] = (byte) row[3 * x + c];
          }
        }
      }
    }
    int uprightWidth = turn.width(width, height);
    int uprightHeight = turn.height(width, height);
    return reader.deep()
        ? DecodedImage.of(name, uprightWidth, uprightHeight, sixteen)
        : DecodedImage.of(name, uprightWidth, uprightHeight, eight);
  }

  private static RowReader reader(String name, ColorModel colours, Raster raster, int background) {
    if (colours instanceof IndexColorModel palette) {
      return new PaletteRows(palette, background);
    }
    int type = raster.getTransferType();
    int[] bits = raster.getSampleModel().getSampleSize();
    boolean whole =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT;
    if (!whole || Arrays.stream(bits).anyMatch(b -> b > 16)) {
      throw new ImageException(
          name
              + ": the picture has samples of 32 bits or with fractions, whose white is not known."
              + " Save it with 8 or 16 bits a channel.");
    }
    int space = colours.getColorSpace().getType();
    int channels = colours.getNumColorComponents();
    boolean known =
        space == ColorSpace.TYPE_GRAY
            || space == ColorSpace.TYPE_RGB
            || space == ColorSpace.TYPE_CMYK;
    if (!known || bits.length < channels) {
      throw new ImageException(
          name + ": the picture's colours are neither grey, RGB nor CMYK. Save it as RGB.");
    }
    boolean alpha = colours.hasAlpha() && bits.length > channels;
    return new SampleRows(
        raster.getSampleModel(),
        channels,
        alpha,
        alpha && colours.isAlphaPremultiplied(),
        background);
  }

  /** Turns the samples of a row of the raster into red, green, blue. */
  private interface RowReader {
    /** Whether results have 16 bits, not 8. */
    boolean deep();

    void toRgb(int[] samples, int[] rgb);
  }

  private record PaletteRows(IndexColorModel palette, int background) implements RowReader {
    @Override
    public boolean deep() {
      return false;
    }

    @Override
    public void toRgb(int[] samples, int[] rgb) {
      for (int x = 0; x < rgb.length / 3; x++) {
        int argb = samples[x] < palette.getMapSize() ? palette.getRGB(samples[x]) : 0xFF000000;
        for (int c = 0; c < 3; c++) {
          rgb[3 * x + c] = over((argb >> (16 - 8 * c)) & 0xFF, argb >>> 24, background, 255, false);
        }
      }
    }
  }

  private record SampleRows(
      SampleModel model, int channels, boolean alpha, boolean premultiplied, int background)
      implements RowReader {
    @Override
    public boolean deep() {
      return model.getSampleSize(0) > 8;
    }

    @Override
    public void toRgb(int[] samples, int[] rgb) {
      int white = deep() ? 65_535 : 255;
      int bands = model.getNumBands();
      int[] pixel = new int[bands];
      for (int x = 0; x < rgb.length / 3; x++) {
        for (int b = 0; b < bands; b++) {
          pixel[b] = scaled(samples[x * bands + b], model.getSampleSize(b), white);
        }
        for (int c = 0; c < 3; c++) {
          int value = channels == 4 ? ofInk(pixel, c, white) : pixel[channels == 3 ? c : 0];
          rgb[3 * x + c] =
              alpha
                  ? over(value, pixel[channels], background * (white / 255), white, premultiplied)
                  : value;
        }
      }
    }

    private static int scaled(int sample, int bits, int white) {
      int most = (1 << bits) - 1;
      return most == white ? sample : (int) ((2L * sample * white + most) / (2L * most));
    }

    /** Ink on white paper: (1 − C)(1 − K), as Pillow does it. */
    private static int ofInk(int[] cmyk, int c, int white) {
      long light = (long) (white - cmyk[c]) * (white - cmyk[3]);
      return (int) ((light + white / 2) / white);
    }
  }

  private static int over(int value, int alpha, int background, int white, boolean premultiplied) {
    long front = premultiplied ? (long) value * white : (long) value * alpha;
    long sum = front + (long) background * (white - alpha);
    return (int) Math.min((sum + white / 2) / white, white);
  }
}
