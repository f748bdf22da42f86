package dev.picasso.image.segments;

import java.util.Arrays;

/** The centres of superpixels: a place and a colour each. */
final class Clusters {
  private static final int X = 0;
  private static final int Y = 1;
  private static final int COLOUR = 2;
  private static final int NUMBERS = 5;

  private final double[][] centres;

  Clusters(int count) {
    centres = new double[count][NUMBERS];
  }

  int size() {
    return centres.length;
  }

  /** Puts a centre to a place; its colour is black as long as it has no pixels. */
  void set(int cluster, double x, double y) {
    centres[cluster][X] = x;
    centres[cluster][Y] = y;
  }

  /**
   * Gives every pixel to the nearest centre of those that are at most two spacings away.
   *
   * @param nearest is written; pixels out of everybody's reach keep what they have
   * @return whether a pixel changed hands
   */
  boolean assign(double[][] lab, int width, int height, int spacing, int[] nearest) {
    double perSpacing = 1. / ((double) spacing * spacing);
    double[] distances = new double[width * height];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    int[] before = nearest.clone();
    for (int k = 0; k < centres.length; k++) {
      double[] centre = centres[k];
      int top = (int) Math.max(centre[Y] - 2 * spacing, 0);
      int bottom = (int) Math.min(centre[Y] + 2 * spacing + 1, height);
      int left = (int) Math.max(centre[X] - 2 * spacing, 0);
      int right = (int) Math.min(centre[X] + 2 * spacing + 1, width);
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          int pixel = y * width + x;
          double dy = centre[Y] - y;
          double dx = centre[X] - x;
          double distance = (dy * dy + dx * dx) * perSpacing;
          for (int c = 0; c < 3; c++) {
            double difference = lab[c][pixel] - centre[COLOUR + c];
            distance += difference * difference;
          }
          if (distance < distances[pixel]) {
            distances[pixel] = distance;
            nearest[pixel] = k;
          }
        }
      }
    }
    return !Arrays.equals(before, nearest);
  }

  /** Moves every centre that has pixels to their mean. */
  void moveToMeans(double[][] lab, int width, int[] nearest) {
    int[] counts = new int[centres.length];
    double[][] sums = new double[centres.length][NUMBERS];
    for (int i = 0; i < nearest.length; i++) {
      double[] sum = sums[nearest[i]];
      counts[nearest[i]]++;
      int y = i / width;
      sum[X] += i % width;
      sum[Y] += y;
      for (int c = 0; c < 3; c++) {
        sum[COLOUR + c] += lab[c][i];
      }
    }
    for (int k = 0; k < centres.length; k++) {
      for (int n = 0; n < NUMBERS && counts[k] > 0; n++) {
        centres[k][n] = sums[k][n] / counts[k];
      }
    }
  }
}
