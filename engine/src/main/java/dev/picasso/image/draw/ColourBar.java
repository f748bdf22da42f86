package dev.picasso.image.draw;

import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * The colours of a scale with their numbers, as a picture.
 *
 * @param meaning what the numbers are
 * @param width in pixels
 */
public record ColourBar(Scale scale, String meaning, int width) {
  private static final int LETTERS = 12;
  private static final int BAR = 12;
  private static final int SPACE = 4;
  private static final int WHITE = 0xFFFFFF;

  /**
   * The bar; below it its ends and middle, what they mean, and where it was cut off.
   *
   * @throws dev.picasso.PicassoException if the machine has no fonts
   */
  public Canvas draw() {
    BufferedImage trial = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    int line;
    try (Lettering letters = Lettering.on(trial, LETTERS)) {
      line = letters.height();
    }
    int lines = scale.isClipped() ? 3 : 2;
    BufferedImage image =
        new BufferedImage(width, BAR + SPACE + lines * line, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      double share = width == 1 ? 0 : x / (width - 1.);
      int colour = scale.colours().rgb(share);
      for (int y = 0; y < image.getHeight(); y++) {
        image.setRGB(x, y, y < BAR ? colour : WHITE);
      }
    }
    try (Lettering letters = Lettering.on(image, LETTERS)) {
      int y = BAR + SPACE;
      String middle = text((scale.low() + scale.high()) / 2);
      String high = text(scale.high());
      letters.write(text(scale.low()), 0, y);
      letters.write(middle, (width - letters.width(middle)) / 2, y);
      letters.write(high, width - letters.width(high), y);
      letters.write(letters.fitting(meaning, width), 0, y + line);
      letters.write(letters.fitting(scale.clippingText(), width), 0, y + 2 * line);
    }
    return new Canvas(image);
  }

  /**
   * The colours alone, from the first on the left to the last.
   *
   * @param upright from the first at the bottom to the last instead
   */
  public static Canvas colours(ColourMap colours, int steps, boolean upright) {
    BufferedImage image =
        new BufferedImage(upright ? 1 : steps, upright ? steps : 1, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < steps; i++) {
      int colour = colours.rgb(steps == 1 ? 0 : i / (steps - 1.));
      image.setRGB(upright ? 0 : i, upright ? steps - 1 - i : 0, colour);
    }
    return new Canvas(image);
  }

  /** A number to three figures, as it stands on a bar. */
  public static String text(double number) {
    double size = Math.abs(number);
    if (number == 0) {
      return "0";
    }
    String text = String.format(Locale.ROOT, size >= 1e-3 && size < 1e6 ? "%.3g" : "%.2e", number);
    return text.startsWith("-") ? "−" + text.substring(1) : text;
  }
}
