package dev.picasso.doctor;

import dev.picasso.image.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Pictures of nothing that have the statistics of photographs: a mean of 118, a deviation of about
 * 60, colours that go together, and twice the contrast at twice the size.
 */
final class Textures {
  private static final int MANY = 4;
  private static final double MEAN = 118;
  private static final double[] WARMTH = {6, 0, -8};
  private static final double DEVIATION = 60;
  private static final double OWN = .25;

  private Textures() {}

  static List<Picture> of(int width, int height, int channels) {
    SplittableRandom random = new SplittableRandom(20170914);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      double[] common = field(width, height, random);
      float[] samples = new float[(channels == 4 ? 4 : 3) * width * height];
      int kept = samples.length / (width * height);
      for (int c = 0; c < 3; c++) {
        double[] own = field(width, height, random);
        for (int p = 0; p < common.length; p++) {
          double z = channels == 1 ? common[p] : (1 - OWN) * common[p] + OWN * own[p];
          double shift = channels == 1 ? 0 : WARMTH[c];
          samples[kept * p + c] = (float) Math.rint(clip(MEAN + shift + DEVIATION * z));
        }
      }
      for (int p = 0; kept == 4 && p < common.length; p++) {
        samples[4 * p + 3] = 255;
      }
      pictures.add(
          kept == 4 ? Picture.ofFour(width, height, samples) : Picture.of(width, height, samples));
    }
    return pictures;
  }

  private static double clip(double sample) {
    return Math.max(0, Math.min(255, sample));
  }

  /** Octaves of random grids between which is interpolated, of mean 0 and deviation 1. */
  private static double[] field(int width, int height, SplittableRandom random) {
    double[] field = new double[width * height];
    double amplitude = 1;
    for (int cells = 2; cells <= Math.max(width, height); cells *= 2, amplitude /= 2) {
      double[][] grid = new double[cells + 2][cells + 2];
      for (double[] row : grid) {
        for (int i = 0; i < row.length; i++) {
          row[i] = random.nextDouble() - .5;
        }
      }
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          field[y * width + x] +=
              amplitude * between(grid, (double) x * cells / width, (double) y * cells / height);
        }
      }
    }
    double mean = 0;
    for (double value : field) {
      mean += value / field.length;
    }
    double variance = 0;
    for (double value : field) {
      variance += (value - mean) * (value - mean) / field.length;
    }
    for (int i = 0; i < field.length; i++) {
      field[i] = (field[i] - mean) / Math.sqrt(Math.max(variance, 1e-12));
    }
    return field;
  }

  private static double between(double[][] grid, double x, double y) {
    int i = (int) x;
    int j = (int) y;
    double u = x - i;
    double v = y - j;
    return (1 - v) * ((1 - u) * grid[j][i] + u * grid[j][i + 1])
        + v * ((1 - u) * grid[j + 1][i] + u * grid[j + 1][i + 1]);
  }
}
