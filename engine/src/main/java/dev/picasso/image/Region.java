package dev.picasso.image;

/**
 * A rectangle between pixels: the part of a picture that a map covers, or that a model sees. Its
 * edges need not fall on pixels.
 */
public record Region(double left, double top, double right, double bottom) {
  public Region {
    if (!(left < right && top < bottom)) {
      throw new IllegalArgumentException(
          "the region from (%s, %s) to (%s, %s) is empty".formatted(left, top, right, bottom));
    }
  }

  public static Region of(double width, double height) {
    return new Region(0, 0, width, height);
  }
}
