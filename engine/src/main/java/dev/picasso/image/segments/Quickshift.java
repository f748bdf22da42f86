package dev.picasso.image.segments;

import dev.picasso.image.Picture;

/**
 * Regions by mode seeking: every pixel leads to the nearest one of higher density of colour and
 * place, and what leads to one top is a region. Vedaldi and Soatto 2008, as in scikit-image, but of
 * pixels of one density the one that comes first is the higher, where scikit-image draws lots.
 *
 * @param kernel the standard deviation of the density, in pixels; larger makes larger regions
 * @param farthest the longest way from a pixel to the one that it leads to
 * @param ratio the weight of colour in CIELAB against place
 */
public record Quickshift(double kernel, double farthest, double ratio) implements Segmentation {
  /** The settings of LIME's authors' program. */
  public static final Quickshift LIME = new Quickshift(4, 200, .2);

  /** Beyond three of them a Gaussian has next to nothing. */
  private static final int KERNELS = 3;

  private static final double LARGEST_KERNEL = 100;

  public Quickshift {
    if (!(kernel > 0 && kernel <= LARGEST_KERNEL && farthest >= 0 && ratio >= 0)) {
      throw new IllegalArgumentException(
          "quickshift with kernel %s, farthest %s and ratio %s".formatted(kernel, farthest, ratio));
    }
  }

  @Override
  public Segments segment(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    double[][] lab = Lab.planes(picture, Range.WHOLE, ratio);
    int reach = (int) Math.ceil(KERNELS * kernel);
    double[] densities = densities(lab, width, height, reach);
    int[] leads = new int[width * height];
    for (int i = 0; i < leads.length; i++) {
      leads[i] = higher(lab, densities, i, width, height, reach);
    }
    for (int i = 0; i < leads.length; i++) {
      int top = i;
      while (leads[top] != top) {
        top = leads[top];
      }
      leads[i] = top;
    }
    return Segments.of(width, height, leads);
  }

  private double[] densities(double[][] lab, int width, int height, int reach) {
    double[] densities = new double[width * height];
    double factor = -.5 / (kernel * kernel);
    for (int i = 0; i < densities.length; i++) {
      densities[i] += 1;
      // Each pair once: those behind this pixel.
      for (int y = i / width; y < Math.min(i / width + reach + 1, height); y++) {
        int left = Math.max(i % width - reach, 0);
        int from = Math.max(y * width + left, i + 1);
        int to = y * width + Math.min(i % width + reach + 1, width);
        for (int j = from; j < to; j++) {
          double density = Math.exp(factor * distance(lab, i, j, width));
          densities[i] += density;
          densities[j] += density;
        }
      }
    }
    return densities;
  }

  /** The nearest pixel of higher density; the pixel itself if there is none within reach. */
  private int higher(
      double[][] lab, double[] densities, int pixel, int width, int height, int reach) {
    int nearest = pixel;
    double closest = Double.POSITIVE_INFINITY;
    int row = pixel / width;
    int column = pixel % width;
    for (int y = Math.max(row - reach, 0); y < Math.min(row + reach + 1, height); y++) {
      int from = y * width + Math.max(column - reach, 0);
      int to = y * width + Math.min(column + reach + 1, width);
      for (int j = from; j < to; j++) {
        boolean above =
            densities[j] > densities[pixel] || (densities[j] == densities[pixel] && j < pixel);
        double distance = above ? distance(lab, pixel, j, width) : closest;
        if (distance < closest) {
          closest = distance;
          nearest = j;
        }
      }
    }
    return Math.sqrt(closest) > farthest ? pixel : nearest;
  }

  private static double distance(double[][] lab, int a, int b, int width) {
    double dx = a % width - b % width;
    double dy = a / width - b / width;
    double sum = dx * dx + dy * dy;
    for (double[] plane : lab) {
      double difference = plane[a] - plane[b];
      sum += difference * difference;
    }
    return sum;
  }
}
