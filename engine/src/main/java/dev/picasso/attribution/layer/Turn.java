package dev.picasso.attribution.layer;

import java.util.Random;

/**
 * A picture moved, scaled and turned a little about its middle, bilinearly; what leaves on one side
 * comes in on the other.
 */
final class Turn {
  private final int height;
  private final int width;

  /** For each pixel its four sources, and their weights. */
  private final int[] sources;

  private final float[] weights;

  /**
   * @param scale above 1 enlarges
   * @param angle in radians
   */
  Turn(int height, int width, double scale, double angle, double right, double below) {
    this.height = height;
    this.width = width;
    this.sources = new int[4 * height * width];
    this.weights = new float[4 * height * width];
    double cos = Math.cos(angle) / scale;
    double sin = Math.sin(angle) / scale;
    double middleX = (width - 1) / 2.;
    double middleY = (height - 1) / 2.;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double dx = x - middleX - right;
        double dy = y - middleY - below;
        put(y * width + x, middleX + cos * dx - sin * dy, middleY + sin * dx + cos * dy);
      }
    }
  }

  /** Up to 10 % larger or smaller, up to 10° either way, and moved by up to a 16th of the side. */
  static Turn random(Random random, int height, int width) {
    double scale = .9 + .2 * random.nextDouble();
    double angle = Math.toRadians(20 * random.nextDouble() - 10);
    double right = (random.nextDouble() - .5) * width / 8;
    double below = (random.nextDouble() - .5) * height / 8;
    return new Turn(height, width, scale, angle, right, below);
  }

  private void put(int pixel, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double partX = x - left;
    double partY = y - top;
    for (int i = 0; i < 4; i++) {
      int column = Math.floorMod(left + i % 2, width);
      int row = Math.floorMod(top + i / 2, height);
      sources[4 * pixel + i] = row * width + column;
      weights[4 * pixel + i] =
          (float) ((i % 2 == 0 ? 1 - partX : partX) * (i / 2 == 0 ? 1 - partY : partY));
    }
  }

  /** The plane, turned. */
  float[] of(float[] plane) {
    float[] turned = new float[plane.length];
    for (int i = 0; i < sources.length; i++) {
      turned[i / 4] += weights[i] * plane[sources[i]];
    }
    return turned;
  }

  /** The gradient by the plane, from that by the turned one. */
  float[] back(float[] gradient) {
    float[] plane = new float[gradient.length];
    for (int i = 0; i < sources.length; i++) {
      plane[sources[i]] += weights[i] * gradient[i / 4];
    }
    return plane;
  }
}
