package dev.picasso.image;

/** How a coarse map is enlarged. */
public enum Interpolation {
  /** Every value stays a sharp rectangle. */
  NEAREST(ResizeFilter.NEAREST),
  /** Values run into one another. */
  SMOOTH(ResizeFilter.BILINEAR);

  final ResizeFilter filter;

  Interpolation(ResizeFilter filter) {
    this.filter = filter;
  }
}
