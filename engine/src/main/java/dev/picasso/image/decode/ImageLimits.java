package dev.picasso.image.decode;

/**
 * What is refused before it is decoded.
 *
 * @param bytes the largest file
 * @param pixels the most pixels, width times height
 */
public record ImageLimits(long bytes, long pixels) {
  public ImageLimits {
    if (bytes < 1 || pixels < 1) {
      throw new IllegalArgumentException("limits of " + bytes + " bytes, " + pixels + " pixels");
    }
  }

  /** 25 MB and 50 megapixels. */
  public static ImageLimits defaults() {
    return new ImageLimits(25L << 20, 50_000_000);
  }
}
