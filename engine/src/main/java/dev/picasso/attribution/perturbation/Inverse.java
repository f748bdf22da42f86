package dev.picasso.attribution.perturbation;

import java.util.Optional;

/** The inverse of a symmetric positive definite matrix, for least squares. */
final class Inverse {
  /** A pivot so much smaller than its diagonal is rounding. */
  private static final double SINGULAR = 1e-10;

  private final double[][] inverse;

  private Inverse(double[][] inverse) {
    this.inverse = inverse;
  }

  /**
   * By Cholesky's decomposition.
   *
   * @param a stays as it is
   * @return empty if the matrix is singular
   */
  static Optional<Inverse> of(double[][] a) {
    int n = a.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i == j && !(sum > SINGULAR * a[i][i])) {
          return Optional.empty();
        }
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
    }
    double[][] inverse = new double[n][];
    for (int column = 0; column < n; column++) {
      inverse[column] = solved(lower, column);
    }
    return Optional.of(new Inverse(inverse));
  }

  /** A column of the inverse: L Lᵀ x = e. */
  private static double[] solved(double[][] lower, int column) {
    int n = lower.length;
    double[] x = new double[n];
    for (int i = column; i < n; i++) {
      double sum = i == column ? 1 : 0;
      for (int k = column; k < i; k++) {
        sum -= lower[i][k] * x[k];
      }
      x[i] = sum / lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = x[i];
      for (int k = i + 1; k < n; k++) {
        sum -= lower[k][i] * x[k];
      }
      x[i] = sum / lower[i][i];
    }
    return x;
  }

  /** The inverse times a vector. */
  double[] times(double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < product.length; i++) {
      double[] row = inverse[i];
      double sum = 0;
      for (int j = 0; j < row.length; j++) {
        sum += row[j] * vector[j];
      }
      product[i] = sum;
    }
    return product;
  }
}
