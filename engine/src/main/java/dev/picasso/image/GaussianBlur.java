package dev.picasso.image;

import java.util.Arrays;

/**
 * Blurs by a Gaussian that is cut off at four standard deviations, along the rows and along the
 * columns: the numbers of SciPy's {@code gaussian_filter}. Sums are taken in double precision.
 *
 * @param sigma the standard deviation in pixels; 0 changes nothing
 */
public record GaussianBlur(double sigma, Border border) {
  /** Wider than any picture that a model takes. */
  private static final double WIDEST = 10_000;

  private static final double CUT = 4;

  public GaussianBlur {
    if (!(sigma >= 0 && sigma <= WIDEST)) {
      throw new IllegalArgumentException(
          "a blur of %s pixels; it must be between 0 and %s".formatted(sigma, WIDEST));
    }
  }

  /** A blur that mirrors the picture at its edges. */
  public static GaussianBlur of(double sigma) {
    return new GaussianBlur(sigma, Border.REFLECT);
  }

  /** A picture blurred, each channel by itself. */
  public Picture of(Picture picture) {
    int channels = picture.hasFourth() ? 4 : 3;
    float[] samples = new float[channels * picture.width() * picture.height()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = picture.sample(i / channels, i % channels);
    }
    float[] blurred = of(samples, 1, picture.height(), picture.width(), channels);
    return Picture.of(picture.width(), picture.height(), channels, blurred, false);
  }

  /**
   * A map blurred. What is no number takes no part and stays where it is: the numbers about it are
   * averaged among themselves.
   */
  public HeatMap of(HeatMap map) {
    float[] values = map.values();
    double[] sum = new double[values.length];
    double[] present = new double[values.length];
    boolean whole = true;
    for (int i = 0; i < values.length; i++) {
      boolean number = Float.isFinite(values[i]);
      sum[i] = number ? values[i] : 0;
      present[i] = number ? 1 : 0;
      whole &= number;
    }
    blur(sum, map.height(), map.width());
    if (!whole || border == Border.ZERO) {
      blur(present, map.height(), map.width());
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.isFinite(values[i]) ? (float) (sum[i] / present[i]) : values[i];
    }
    return HeatMap.of(map.width(), map.height(), values).over(map.covered());
  }

  /**
   * Arrays of many planes blurred, each plane by itself: [N, C, H, W] with N · C outside and 1
   * inside, [N, H, W, C] with N outside and C inside.
   *
   * @param values [outer, height, width, inner]; stays as it is
   * @return the same shape
   */
  public float[] of(float[] values, int outer, int height, int width, int inner) {
    int size = Math.multiplyExact(height, width);
    if (values.length != (long) outer * size * inner) {
      throw new IllegalArgumentException(
          "[%d, %d, %d, %d] does not take %d values"
              .formatted(outer, height, width, inner, values.length));
    }
    Axis down = Axis.of(this, height);
    Axis across = Axis.of(this, width);
    float[] out = new float[values.length];
    double[] plane = new double[size];
    for (int p = 0; p < outer * inner; p++) {
      int start = p / inner * size * inner + p % inner;
      for (int i = 0; i < size; i++) {
        plane[i] = values[start + i * inner];
      }
      blur(plane, down, across);
      for (int i = 0; i < size; i++) {
        out[start + i * inner] = (float) plane[i];
      }
    }
    return out;
  }

  /**
   * Blurs a plane where it lies.
   *
   * @param plane [height, width]
   */
  public void blur(double[] plane, int height, int width) {
    blur(plane, Axis.of(this, height), Axis.of(this, width));
  }

  private static void blur(double[] plane, Axis down, Axis across) {
    int height = down.size();
    int width = across.size();
    double[] other = new double[plane.length];
    down.apply(plane, other, width);
    transpose(other, plane, height, width);
    across.apply(plane, other, height);
    transpose(other, plane, width, height);
  }

  private static void transpose(double[] from, double[] to, int rows, int columns) {
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        to[x * rows + y] = from[y * columns + x];
      }
    }
  }

  /**
   * For each place of an axis: the first place of which it is made, and the weights from there on.
   * Weights beyond the edge are added to those of the places that stand there, so that a blur wider
   * than the picture costs no more than one as wide.
   */
  private static final class Axis {
    private final int[] first;
    private final double[][] weights;

    private Axis(int[] first, double[][] weights) {
      this.first = first;
      this.weights = weights;
    }

    static Axis of(GaussianBlur blur, int size) {
      int reach = (int) (CUT * blur.sigma() + .5);
      double[] kernel = kernel(blur.sigma(), reach);
      int[] first = new int[size];
      double[][] weights = new double[size][];
      double[] line = new double[size];
      for (int i = 0; i < size; i++) {
        Arrays.fill(line, 0);
        int low = size;
        int high = -1;
        for (int k = -reach; k <= reach; k++) {
          int place = blur.border().inside(i + k, size);
          if (place >= 0) {
            line[place] += kernel[k + reach];
            low = Math.min(low, place);
            high = Math.max(high, place);
          }
        }
        first[i] = low;
        weights[i] = Arrays.copyOfRange(line, low, high + 1);
      }
      return new Axis(first, weights);
    }

    private static double[] kernel(double sigma, int reach) {
      double[] kernel = new double[2 * reach + 1];
      double sum = 0;
      for (int k = -reach; k <= reach; k++) {
        kernel[k + reach] = reach == 0 ? 1 : Math.exp(-.5 * k * k / (sigma * sigma));
        sum += kernel[k + reach];
      }
      for (int k = 0; k < kernel.length; k++) {
        kernel[k] /= sum;
      }
      return kernel;
    }

    int size() {
      return first.length;
    }

    /** Sums of whole rows, which the machine adds several numbers at a time. */
    void apply(double[] from, double[] to, int columns) {
      double[] sum = new double[columns];
      for (int y = 0; y < first.length; y++) {
        Arrays.fill(sum, 0);
        for (int k = 0; k < weights[y].length; k++) {
          double weight = weights[y][k];
          int row = (first[y] + k) * columns;
          for (int x = 0; x < columns; x++) {
            sum[x] += weight * from[row + x];
          }
        }
        System.arraycopy(sum, 0, to, y * columns, columns);
      }
    }
  }
}
