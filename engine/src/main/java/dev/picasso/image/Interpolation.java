package dev.picasso.image;

/** How a coarse map is enlarged. */
public enum Interpolation {
  /** Every value stays a sharp rectangle. */
  NEAREST(ResizeFilter.NEAREST),
  /** Values run into one another. */
  SMOOTH(ResizeFilter.BILINEAR);

  /** Pixels of a picture to a cell of a map, from which on cells are seen as such. */
  private static final double COARSE = 3;

  final ResizeFilter filter;

  Interpolation(ResizeFilter filter) {
    this.filter = filter;
  }

  /**
   * How a map is shown that becomes so many times as large. Cells of three pixels and more stay the
   * rectangles that they are, since running them into one another would show detail that nobody
   * computed; the page has the same rule.
   */
  public static Interpolation enlargedBy(double factor) {
    return factor >= COARSE ? NEAREST : SMOOTH;
  }
}
