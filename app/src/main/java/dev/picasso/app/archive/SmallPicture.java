package dev.picasso.app.archive;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/** Pictures of results, shrunk for lists. */
public final class SmallPicture {
  private static final int SIDE = 160;

  private SmallPicture() {}

  /**
   * Shrinks a PNG of ours to at most 160 pixels a side.
   *
   * @throws IOException if it cannot be read or written
   */
  public static void write(Path picture, Path small) throws IOException {
    Files.write(small, png(picture, SIDE));
  }

  /**
   * A PNG of at most so many pixels a side; one that is smaller as it is.
   *
   * @throws IOException if it cannot be read
   */
  public static byte[] png(Path picture, int side) throws IOException {
    Optional<BufferedImage> read = larger(picture, side);
    if (read.isEmpty()) {
      return Files.readAllBytes(picture);
    }
    BufferedImage whole = read.get();
    double factor = (double) side / Math.max(whole.getWidth(), whole.getHeight());
    int width = (int) Math.max(1, Math.round(whole.getWidth() * factor));
    int height = (int) Math.max(1, Math.round(whole.getHeight() * factor));
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = drawn.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(whole, 0, 0, width, height, null);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(drawn, "png", bytes)) {
      throw new IOException("no PNG can be written");
    }
    return bytes.toByteArray();
  }

  /** No more of its pixels than it takes; empty if it is small enough. */
  private static Optional<BufferedImage> larger(Path picture, int side) throws IOException {
    try (FileImageInputStream in = new FileImageInputStream(picture.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException(picture + " is no picture");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        int longest = Math.max(reader.getWidth(0), reader.getHeight(0));
        if (longest <= side) {
          return Optional.empty();
        }
        ImageReadParam param = reader.getDefaultReadParam();
        int step = Math.max(1, longest / (2 * side));
        param.setSourceSubsampling(step, step, 0, 0);
        return Optional.of(reader.read(0, param));
      } finally {
        reader.dispose();
      }
    }
  }
}
