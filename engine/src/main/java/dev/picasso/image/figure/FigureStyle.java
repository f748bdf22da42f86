package dev.picasso.image.figure;

import dev.picasso.PicassoException;
import dev.picasso.Words;

/**
 * How large a figure is, and how fine.
 *
 * @param width in millimetres; journals have columns of about 85 and pages of about 175
 * @param points size of the letters
 * @param dpi pixels to an inch, of a PNG file and at most of the pictures in other files
 */
public record FigureStyle(double width, double points, int dpi) {
  private static final double LEAST_WIDTH = 20;
  private static final double MOST_WIDTH = 1000;
  private static final double LEAST_POINTS = 4;
  private static final double MOST_POINTS = 24;
  private static final int LEAST_DPI = 72;
  private static final int MOST_DPI = 1200;

  /** Over both columns of a page, with letters as captions have them. */
  public static final FigureStyle PAGE = new FigureStyle(175, 8, 300);

  /**
   * Checked.
   *
   * @throws PicassoException if one is not within its bounds
   */
  public FigureStyle {
    require("width", width, LEAST_WIDTH, MOST_WIDTH, "mm");
    require("size of letters", points, LEAST_POINTS, MOST_POINTS, "points");
    require("resolution", dpi, LEAST_DPI, MOST_DPI, "dpi");
  }

  private static void require(String what, double value, double least, double most, String unit) {
    if (!(value >= least && value <= most)) {
      throw new PicassoException(
          "Figure: the %s is %s %s; it must be between %s and %s."
              .formatted(what, Words.number(value), unit, Words.number(least), Words.number(most)));
    }
  }

  /** How many pixels a length has. */
  public int pixels(double millimetres) {
    return (int) Math.max(1, Math.round(millimetres / 25.4 * dpi));
  }
}
