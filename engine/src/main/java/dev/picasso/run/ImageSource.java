package dev.picasso.run;

import dev.picasso.Stop;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.decode.ImageDecoder;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;

/** An image that is to be explained, wherever it lies; it is read when its turn comes. */
public interface ImageSource {
  /** What results and messages call it. */
  String name();

  /**
   * Reads and decodes it.
   *
   * @throws dev.picasso.image.ImageException if it cannot be read, is too large, or is no image
   * @throws dev.picasso.StoppedException if the work was stopped
   */
  Read read(Stop stop);

  /**
   * An image that was read.
   *
   * @param sha256 of the bytes that were decoded, hexadecimal; empty where there were none
   */
  record Read(DecodedImage image, Optional<String> sha256) {
    /** Decodes the bytes of a file. */
    public static Read of(String name, byte[] file, ImageDecoder decoder, Stop stop) {
      return new Read(decoder.decode(name, file, stop), Optional.of(Sha256.of(file)));
    }
  }

  /** A file, called by its path. */
  static ImageSource of(Path file) {
    return of(file.toString(), file, ImageDecoder.standard());
  }

  /** A file. */
  static ImageSource of(String name, Path file, ImageDecoder decoder) {
    return named(name, stop -> Read.of(name, decoder.read(name, file), decoder, stop));
  }

  /** A picture in memory. */
  static ImageSource of(String name, BufferedImage picture) {
    return named(
        name, stop -> new Read(ImageDecoder.standard().decode(name, picture), Optional.empty()));
  }

  private static ImageSource named(String name, Reading reading) {
    return new ImageSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Read read(Stop stop) {
        return reading.read(stop);
      }
    };
  }

  /** How a source is read. */
  @FunctionalInterface
  interface Reading {
    Read read(Stop stop);
  }
}
