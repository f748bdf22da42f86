package dev.picasso.image.draw;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes PNG files (ISO/IEC 15948) of 8 bits a channel. Java's own writer tries five filters on
 * each row and takes most of the time of a small explanation; one filter and the quick compression
 * take half of that, for files a third larger.
 */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private static final int EIGHT_BITS = 8;
  private static final int RGB = 2;
  private static final int RGB_AND_ALPHA = 6;

  /** In metres. */
  private static final double INCH = .0254;

  private static final int METRES = 1;

  /** Each byte less the one above it. */
  private static final int UP = 2;

  private Png() {}

  /**
   * The bytes of a file with the image's colours, and its transparency where it has any.
   *
   * @param dpi pixels to an inch where it is printed
   */
  static byte[] of(BufferedImage image, Optional<Integer> dpi) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 16);
    boolean alpha = image.getColorModel().hasAlpha();
    try (DataOutputStream out = new DataOutputStream(file)) {
      out.write(SIGNATURE);
      chunk(out, "IHDR", header(image.getWidth(), image.getHeight(), alpha));
      if (dpi.isPresent()) {
        chunk(out, "pHYs", density(dpi.get()));
      }
      chunk(out, "IDAT", pixels(image, alpha));
      chunk(out, "IEND", new byte[0]);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e); // memory does not fail
    }
    return file.toByteArray();
  }

  private static byte[] header(int width, int height, boolean alpha) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(width);
    out.writeInt(height);
    out.write(EIGHT_BITS);
    out.write(alpha ? RGB_AND_ALPHA : RGB);
    out.write(new byte[3]); // the only compression and set of filters there are, no interlacing
    return bytes.toByteArray();
  }

  /** Pixels to a metre, across and down. */
  private static byte[] density(int dpi) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    int pixels = (int) Math.round(dpi / INCH);
    out.writeInt(pixels);
    out.writeInt(pixels);
    out.write(METRES);
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(name);
    check.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) check.getValue());
  }

  private static byte[] pixels(BufferedImage image, boolean alpha) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (OutputStream out = new DeflaterOutputStream(bytes, deflater, 1 << 14)) {
      int width = image.getWidth();
      int[] argb = new int[width];
      int[] above = new int[width];
      byte[] row = new byte[1 + (alpha ? 4 : 3) * width];
      row[0] = UP;
      Optional<int[]> all = Pixels.in(image);
      for (int y = 0; y < image.getHeight(); y++) {
        if (all.isPresent()) {
          System.arraycopy(all.get(), y * width, argb, 0, width);
        } else {
          image.getRGB(0, y, width, 1, argb, 0, width);
        }
        filter(argb, above, alpha, row);
        out.write(row);
        int[] next = above;
        above = argb;
        argb = next;
      }
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private static void filter(int[] argb, int[] above, boolean alpha, byte[] row) {
    int at = 1;
    for (int x = 0; x < argb.length; x++) {
      int a = argb[x];
      int b = above[x];
      row[at++] = (byte) ((a >> 16) - (b >> 16));
      row[at++] = (byte) ((a >> 8) - (b >> 8));
      row[at++] = (byte) (a - b);
      if (alpha) {
        row[at++] = (byte) ((a >>> 24) - (b >>> 24));
      }
    }
  }
}
