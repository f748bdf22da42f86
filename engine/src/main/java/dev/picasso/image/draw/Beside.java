package dev.picasso.image.draw;

import java.awt.image.BufferedImage;

/** Two pictures beside one another, as high as each other. */
final class Beside {
  /** The share of the width that lies between them. */
  private static final double GAP = .02;

  private Beside() {}

  static BufferedImage draw(BufferedImage left, BufferedImage right) {
    int start = left.getWidth() + (int) Math.ceil(GAP * left.getWidth());
    BufferedImage both =
        new BufferedImage(start + right.getWidth(), left.getHeight(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < left.getHeight(); y++) {
      for (int x = 0; x < left.getWidth(); x++) {
        both.setRGB(x, y, left.getRGB(x, y));
      }
      for (int x = 0; x < right.getWidth(); x++) {
        both.setRGB(start + x, y, right.getRGB(x, y));
      }
    }
    return both;
  }
}
