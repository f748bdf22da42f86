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
    RowReader reader = reader(name, image.getColorModel(), raster);
    int n = reader.channels();
    boolean deep = reader.deep();
    int[] row = new int[n * width];
    byte[] eight = new byte[deep ? 0 : Math.multiplyExact(n * width, height)];
    short[] sixteen = new short[deep ? Math.multiplyExact(n * width, height) : 0];
    int[] samples = new int[width * raster.getNumBands()];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, samples);
      reader.read(samples, row);
      for (int x = 0; x < width; x++) {
        int to = n * turn.index(x, y, width, height);
        for (int c = 0; c < n; c++) {
          if (deep) {
            sixteen[to + c] = (short) row[n * x + c];
          } else {
            eight[to + c] = (byte) row[n * x + c];
          }
        }
      }
    }
    int uprightWidth = turn.width(width, height);
    int uprightHeight = turn.height(width, height);
    if (n == 3) {
      return deep
          ? DecodedImage.of(name, uprightWidth, uprightHeight, sixteen)
          : DecodedImage.of(name, uprightWidth, uprightHeight, eight);
    }
    DecodedImage four =
        deep
            ? DecodedImage.ofFour(name, uprightWidth, uprightHeight, sixteen)
            : DecodedImage.ofFour(name, uprightWidth, uprightHeight, eight);
    return reader.transparent() ? four.transparentOver(background) : four;
  }

  private static RowReader reader(String name, ColorModel colours, Raster raster) {
    if (colours instanceof IndexColorModel palette) {
      return new PaletteRows(palette, palette.hasAlpha() ? 4 : 3);
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
    boolean more = channels == 3 && bits.length == 4;
    return new SampleRows(
        raster.getSampleModel(),
        channels,
        alpha || more ? 4 : 3,
        alpha,
        alpha && colours.isAlphaPremultiplied());
  }

  /** Turns the samples of a row of the raster into red, green, blue and perhaps a fourth. */
  private interface RowReader {
    /** Whether results have 16 bits, not 8. */
    boolean deep();

    /** 3 or 4. */
    int channels();

    /** Whether the fourth channel is transparency. */
    boolean transparent();

    void read(int[] samples, int[] row);
  }

  private record PaletteRows(IndexColorModel palette, int channels) implements RowReader {
    @Override
    public boolean deep() {
      return false;
    }

    @Override
    public boolean transparent() {
      return channels == 4;
    }

    @Override
    public void read(int[] samples, int[] row) {
      for (int x = 0; x < row.length / channels; x++) {
        int argb = samples[x] < palette.getMapSize() ? palette.getRGB(samples[x]) : 0xFF000000;
        for (int c = 0; c < channels; c++) {
          row[channels * x + c] = c == 3 ? argb >>> 24 : (argb >> (16 - 8 * c)) & 0xFF;
        }
      }
    }
  }

  /**
   * Samples of their own.
   *
   * @param colours 1 for grey, 3 for red, green, blue, 4 for ink
   * @param channels of the result
   */
  private record SampleRows(
      SampleModel model, int colours, int channels, boolean transparent, boolean premultiplied)
      implements RowReader {
    @Override
    public boolean deep() {
      return model.getSampleSize(0) > 8;
    }

    @Override
    public void read(int[] samples, int[] row) {
      if (isPlain()) {
        System.arraycopy(samples, 0, row, 0, row.length);
        return;
      }
      int[] bits = model.getSampleSize();
      int white = deep() ? 65_535 : 255;
      int bands = model.getNumBands();
      int[] pixel = new int[bands];
      for (int x = 0; x < row.length / channels; x++) {
        for (int b = 0; b < bands; b++) {
          pixel[b] = scaled(samples[x * bands + b], bits[b], white);
        }
        for (int c = 0; c < 3; c++) {
          int value = colours == 4 ? ofInk(pixel, c, white) : pixel[colours == 3 ? c : 0];
          row[channels * x + c] = premultiplied ? divided(value, pixel[colours], white) : value;
        }
        if (channels == 4) {
          row[channels * x + 3] = pixel[colours];
        }
      }
    }

    /** Red, green and blue of 8 bits, as in most files. */
    private boolean isPlain() {
      return colours == 3
          && channels == 3
          && model.getNumBands() == 3
          && Arrays.stream(model.getSampleSize()).allMatch(bits -> bits == 8);
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

    /** A colour that was stored multiplied with its alpha. */
    private static int divided(int value, int alpha, int white) {
      return alpha == 0 ? value : (int) Math.min(((long) value * white + alpha / 2) / alpha, white);
    }
  }
}
