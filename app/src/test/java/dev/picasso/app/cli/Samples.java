package dev.picasso.app.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Image files for tests. */
final class Samples {
  private Samples() {}

  /** A PNG with a slope of colours. */
  static Path image(Path file) throws IOException {
    BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 24; x++) {
        image.setRGB(x, y, 10 * x << 16 | 12 * y << 8 | 5 * (x + y));
      }
    }
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  /** The beginning of a PNG that promises so many pixels. */
  static byte[] header(int width, int height) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(body);
    data.write("IHDR".getBytes(StandardCharsets.US_ASCII));
    data.writeInt(width);
    data.writeInt(height);
    data.write(new byte[] {8, 2, 0, 0, 0});
    CRC32 check = new CRC32();
    check.update(body.toByteArray());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(file);
    out.writeLong(0x89504E470D0A1A0AL);
    out.writeInt(13);
    out.write(body.toByteArray());
    out.writeInt((int) check.getValue());
    return file.toByteArray();
  }
}
