package dev.picasso.image.draw;

import java.awt.image.BufferedImage;

/** Lines that are seen over any picture: of a colour, with an edge that is dark or light. */
final class Line {
  private static final double THINNEST = 2;
  private static final double SHARE = 1 / 250.;
  private static final int HALF = 128;

  private Line() {}

  /** How thick lines are on a picture, in pixels. */
  static double width(BufferedImage image) {
    return Math.max(THINNEST, SHARE * Math.max(image.getWidth(), image.getHeight()));
  }

  /** How thick the edge is on each side. */
  static double edge(BufferedImage image) {
    return width(image) / 2;
  }

  /** The edge of a colour: black, or white of a dark one. */
  static int edgeOf(int rgb) {
    double light = .299 * (rgb >> 16 & 0xFF) + .587 * (rgb >> 8 & 0xFF) + .114 * (rgb & 0xFF);
    return light < HALF ? 0xFFFFFF : 0;
  }
}
