package dev.picasso.attribution.perturbation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Weighted ridge regression of numbers on regions that are on or off, with an intercept that is not
 * shrunk: the β that minimize Σ w (y − α − z · β)² + λ |β|².
 *
 * <p>Standard errors are those of the sampling, whatever the model's shape: A⁻¹ (Σ w² e² x xᵀ) A⁻¹
 * with A = Σ w x xᵀ + λ, x = z minus its weighted mean and e the residuals (Huber and White).
 *
 * @param seen which regions are on, for each sample
 * @param weights of the samples
 * @param regions how many there are
 * @param shrinking λ
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Ridge(List<BitSet> seen, double[] weights, int regions, double shrinking) {
  /**
   * One fit for each row of numbers, all of the same samples.
   *
   * @param numbers [rows][samples]
   */
  List<Fit> fits(float[][] numbers) {
    double[] mean = mean();
    Inverse inverse = Inverse.of(matrix(mean)).orElseThrow();
    List<Fit> fits = new ArrayList<>();
    for (float[] row : numbers) {
      fits.add(fit(row, mean, inverse));
    }
    return fits;
  }

  private double[] centred(int sample, double[] mean) {
    double[] x = new double[regions];
    for (int j = 0; j < regions; j++) {
      x[j] = (seen.get(sample).get(j) ? 1 : 0) - mean[j];
    }
    return x;
  }

  private double[] mean() {
    double[] mean = new double[regions];
    double total = 0;
    for (int k = 0; k < weights.length; k++) {
      total += weights[k];
      for (int j = seen.get(k).nextSetBit(0); j >= 0; j = seen.get(k).nextSetBit(j + 1)) {
        mean[j] += weights[k];
      }
    }
    for (int j = 0; j < regions; j++) {
      mean[j] /= total;
    }
    return mean;
  }

  private double[][] matrix(double[] mean) {
    double[][] a = new double[regions][regions];
    for (int k = 0; k < weights.length; k++) {
      double[] x = centred(k, mean);
      for (int i = 0; i < regions; i++) {
        double weighted = weights[k] * x[i];
        for (int j = 0; j <= i; j++) {
          a[i][j] += weighted * x[j];
        }
      }
    }
    for (int i = 0; i < regions; i++) {
      a[i][i] += shrinking;
      for (int j = 0; j < i; j++) {
        a[j][i] = a[i][j];
      }
    }
    return a;
  }

  private Fit fit(float[] y, double[] mean, Inverse inverse) {
    double total = 0;
    double level = 0;
    for (int k = 0; k < y.length; k++) {
      total += weights[k];
      level += weights[k] * y[k];
    }
    level /= total;
    double[] right = new double[regions];
    for (int k = 0; k < y.length; k++) {
      add(right, centred(k, mean), weights[k] * (y[k] - level));
    }
    double[] values = inverse.times(right);
    double[] squares = new double[regions];
    for (int k = 0; k < y.length; k++) {
      double[] x = centred(k, mean);
      double residual = y[k] - level;
      for (int j = 0; j < regions; j++) {
        residual -= x[j] * values[j];
      }
      double[] influence = inverse.times(x);
      for (int j = 0; j < regions; j++) {
        double share = weights[k] * residual * influence[j];
        squares[j] += share * share;
      }
    }
    for (int j = 0; j < regions; j++) {
      squares[j] = Math.sqrt(squares[j]);
    }
    return new Fit(values, squares);
  }

  private static void add(double[] sum, double[] x, double factor) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * x[j];
    }
  }
}
