package dev.picasso.image.decode;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.ImageException;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Reads image files: PNG, JPEG (also CMYK), GIF, BMP, TIFF, WebP; the first picture of those that
 * hold several. The content decides what a file is, whatever its name.
 *
 * <ul>
 *   <li>The picture is turned upright by its EXIF orientation.
 *   <li>Transparent pixels are laid over a background, white unless told otherwise. (Pillow's
 *       {@code convert("RGB")} drops the transparency instead and shows colours that nobody sees.)
 *       A model of four channels gets them as they are.
 *   <li>A fourth channel of a TIFF that is said to be no transparency is for such models alone.
 *   <li>Samples of 16 bits keep their precision, on the same scale from black to white.
 *   <li>Colour profiles of RGB pictures are not applied: the networks were trained with Pillow,
 *       which does not either.
 * </ul>
 *
 * @param background the grey behind transparent pixels, 0 to 255
 */
public record ImageDecoder(ImageLimits limits, int background) {
  /** The longest side, in pixels: rows are held whole, several times. */
  private static final int LONGEST = 1_000_000;

  public ImageDecoder {
    if (background < 0 || background > 255) {
      throw new IllegalArgumentException("a background of " + background);
    }
  }

  /** The usual limits, and white behind transparent pixels. */
  public static ImageDecoder standard() {
    return new ImageDecoder(ImageLimits.defaults(), 255);
  }

  /**
   * Decodes a file.
   *
   * @throws ImageException if it cannot be read, is too large, or is no image
   */
  public DecodedImage decode(Path file) {
    return decode(file.toString(), file);
  }

  /**
   * Decodes a file; what is too large is refused before it is read.
   *
   * @param name what messages call it
   * @throws ImageException if it cannot be read, is too large, or is no image
   */
  public DecodedImage decode(String name, Path file) {
    return decode(name, file, new Stop());
  }

  /**
   * The same for work that may be stopped, also in the middle of a file.
   *
   * @throws dev.picasso.StoppedException if it was
   */
  public DecodedImage decode(String name, Path file, Stop stop) {
    return decode(name, read(name, file), stop);
  }

  /**
   * Decodes what comes through a pipe, to its end; what is too large is refused when the limit is
   * passed.
   *
   * @param name what messages call it
   * @throws ImageException if it cannot be read, is too large, or is no image
   */
  public DecodedImage decode(String name, InputStream in) {
    return decode(name, read(name, in));
  }

  /**
   * The bytes of a file; what is too large is refused before it is read.
   *
   * @param name what messages call it
   * @throws ImageException if it cannot be read or is too large
   */
  public byte[] read(String name, Path file) {
    if (!Files.exists(file)) {
      throw new ImageException(name + ": there is no such file.");
    }
    if (Files.isDirectory(file)) {
      throw new ImageException(name + ": this is a folder, not an image.");
    }
    try {
      if (!Files.isRegularFile(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          return read(name, in);
        }
      }
      requireBytes(name, Files.size(file));
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ImageException(name + ": the file cannot be read (" + e.getMessage() + ").", e);
    }
  }

  /** The bytes that come through a pipe, to its end; one more than the limit at most. */
  public byte[] read(String name, InputStream in) {
    try {
      return in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limits.bytes() + 1));
    } catch (IOException e) {
      throw new ImageException(name + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  /**
   * Decodes the bytes of a file.
   *
   * @param name what messages call it
   * @throws ImageException if they are too many, or no image
   */
  public DecodedImage decode(String name, byte[] file) {
    return decode(name, file, new Stop());
  }

  /**
   * A picture that a program has made or read by other means; transparent pixels are treated as
   * those of files are.
   *
   * @param name what messages call it
   * @throws ImageException if it has too many pixels
   */
  public DecodedImage decode(String name, BufferedImage picture) {
    requirePixels(name, picture.getWidth(), picture.getHeight());
    return Pixels.of(name, picture, Orientation.UPRIGHT, background);
  }

  /**
   * Decodes the bytes of a file, for work that may be stopped.
   *
   * @throws dev.picasso.StoppedException if it was
   */
  public DecodedImage decode(String name, byte[] file, Stop stop) {
    requireBytes(name, file.length);
    ImageFormat format =
        ImageFormat.of(file)
            .filter(f -> OtherFormat.raw(file).isEmpty())
            .orElseThrow(() -> new ImageException(OtherFormat.problem(name, file)));
    Survey survey = format.survey(file);
    ImageReader reader = reader(format, survey.planes());
    try (var in = new ByteArrayImageInputStream(file)) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if (width < 1 || height < 1) {
        throw broken(name, format, "its size is %d × %d".formatted(width, height));
      }
      requirePixels(name, width, height);
      if (survey.fault().isPresent()) {
        throw broken(name, format, survey.fault().get());
      }
      BufferedImage image = stop.telling(reader::abort, () -> reader.read(0, new ImageReadParam()));
      stop.check();
      DecodedImage decoded = Pixels.of(name, image, survey.orientation(), background);
      return survey.fourthIsData() ? decoded.opaque() : decoded;
    } catch (ImageException | StoppedException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      // A header may ask for more than the picture needs; nothing of it is kept.
      throw tooLarge(name, e);
    } catch (IOException | RuntimeException e) {
      if (isCausedBy(OutOfMemoryError.class, e)) {
        throw tooLarge(name, e);
      }
      // Readers meet broken files with exceptions of every kind.
      throw broken(name, format, survey.fault().orElseGet(() -> reason(e)), e);
    } finally {
      reader.dispose();
    }
  }

  private void requireBytes(String name, long bytes) {
    if (bytes == 0) {
      throw new ImageException(name + ": the file is empty (0 bytes).");
    }
    if (bytes > limits.bytes()) {
      throw new ImageException(
          "%s: the file has %.1f MB; the limit for an image is %.1f MB."
              .formatted(name, bytes / 1048576., limits.bytes() / 1048576.));
    }
  }

  private void requirePixels(String name, int width, int height) {
    if (Math.max(width, height) > LONGEST) {
      throw new ImageException(
          "%s: the picture is %d × %d pixels; sides of at most %d are read."
              .formatted(name, width, height, LONGEST));
    }
    long pixels = (long) width * height;
    if (pixels > limits.pixels()) {
      throw new ImageException(
          "%s: the picture is %d × %d pixels (%.1f megapixels); the limit is %.1f megapixels."
              .formatted(name, width, height, pixels / 1e6, limits.pixels() / 1e6));
    }
  }

  /**
   * The reader of a format: ours before those that Java brings, but for planes of channels, of
   * which ours leaves out the fourth.
   */
  private static ImageReader reader(ImageFormat format, boolean planes) {
    ImageReader chosen = null;
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.toString());
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      boolean ours = reader.getClass().getName().startsWith("com.twelvemonkeys.");
      if (chosen == null || ours != planes) {
        chosen = reader;
      }
    }
    if (chosen == null) {
      throw new ImageException(
          "This Java has no reader for " + format + " files; Picasso is not installed completely.");
    }
    return chosen;
  }

  private static String reason(Exception e) {
    return isCausedBy(EOFException.class, e)
        ? Survey.CUT_OFF
        : "its contents make no sense, or its end is missing";
  }

  private static boolean isCausedBy(Class<? extends Throwable> type, Throwable problem) {
    for (Throwable t = problem; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static ImageException tooLarge(String name, Throwable cause) {
    return new ImageException(name + ": decoding takes more memory than Picasso has.", cause);
  }

  private static ImageException broken(String name, ImageFormat format, String reason) {
    return new ImageException("%s: this %s file is broken: %s.".formatted(name, format, reason));
  }

  private static ImageException broken(
      String name, ImageFormat format, String reason, Exception cause) {
    ImageException exception = broken(name, format, reason);
    exception.initCause(cause);
    return exception;
  }
}
