package dev.picasso.attribution.perturbation;

import dev.picasso.image.segments.Mask;
import java.util.Arrays;
import java.util.List;

/**
 * Covers a picture with regions, always the one next whose pixels that are not covered yet have the
 * highest mean attribution. Kapishnikov et al. 2019, arXiv 1906.02825, algorithm 1.
 */
final class RankedRegions {
  private final double[] attribution;
  private final int[][] regions;
  private final int[][] over;
  private final double[] sums;
  private final int[] counts;

  private RankedRegions(double[] attribution, int[][] regions, int[][] over) {
    this.attribution = attribution;
    this.regions = regions;
    this.over = over;
    this.sums = new double[regions.length];
    this.counts = new int[regions.length];
    for (int k = 0; k < regions.length; k++) {
      counts[k] = regions[k].length;
      for (int pixel : regions[k]) {
        sums[k] += attribution[pixel];
      }
    }
  }

  /**
   * The mean attribution of the region by which each pixel was first covered. What no region covers
   * has its own mean, so that the whole sums to what the attributions sum to.
   *
   * @param attribution one for each pixel
   * @param regions may overlap
   * @param least a region that would add fewer pixels is left out
   */
  static float[] densities(double[] attribution, List<Mask> regions, int least) {
    int[][] pixels = regions.stream().map(RankedRegions::pixels).toArray(int[][]::new);
    int[] sizes = new int[attribution.length];
    for (int[] region : pixels) {
      for (int pixel : region) {
        sizes[pixel]++;
      }
    }
    int[][] over = Arrays.stream(sizes).mapToObj(int[]::new).toArray(int[][]::new);
    for (int k = 0; k < pixels.length; k++) {
      for (int pixel : pixels[k]) {
        over[pixel][--sizes[pixel]] = k;
      }
    }
    return new RankedRegions(attribution, pixels, over).cover(least);
  }

  private static int[] pixels(Mask mask) {
    int[] pixels = new int[mask.area()];
    int at = mask.next(0);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = at;
      at = mask.next(at + 1);
    }
    return pixels;
  }

  private float[] cover(int least) {
    float[] densities = new float[attribution.length];
    boolean[] covered = new boolean[attribution.length];
    for (int best = best(least); best >= 0; best = best(least)) {
      float density = (float) (sums[best] / counts[best]);
      for (int pixel : regions[best]) {
        if (!covered[pixel]) {
          covered[pixel] = true;
          densities[pixel] = density;
          for (int k : over[pixel]) {
            sums[k] -= attribution[pixel];
            counts[k]--;
          }
        }
      }
    }
    rest(densities, covered);
    return densities;
  }

  /** The region of the highest mean; −1 if none would add enough. */
  private int best(int least) {
    int best = -1;
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] >= least && sums[k] / counts[k] > highest) {
        highest = sums[k] / counts[k];
        best = k;
      }
    }
    return best;
  }

  private void rest(float[] densities, boolean[] covered) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < covered.length; i++) {
      sum += covered[i] ? 0 : attribution[i];
      count += covered[i] ? 0 : 1;
    }
    for (int i = 0; i < covered.length; i++) {
      densities[i] = covered[i] ? densities[i] : (float) (sum / count);
    }
  }
}
