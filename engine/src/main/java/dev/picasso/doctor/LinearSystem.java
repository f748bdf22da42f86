package dev.picasso.doctor;

import java.util.Optional;

/** Small systems of linear equations. */
final class LinearSystem {
  private static final double LEAST_PIVOT = 1e-12;

  private LinearSystem() {}

  /** The inverse by elimination; empty where there is none to speak of. */
  static Optional<double[][]> inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] rows = new double[n][2 * n];
    double largest = 0;
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, rows[i], 0, n);
      rows[i][n + i] = 1;
      largest = Math.max(largest, Math.abs(matrix[i][i]));
    }
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int i = column; i < n; i++) {
        pivot = Math.abs(rows[i][column]) > Math.abs(rows[pivot][column]) ? i : pivot;
      }
      double[] row = rows[pivot];
      rows[pivot] = rows[column];
      rows[column] = row;
      if (!(Math.abs(row[column]) > LEAST_PIVOT * largest)) {
        return Optional.empty();
      }
      double factor = 1 / row[column];
      for (int j = 0; j < 2 * n; j++) {
        row[j] *= factor;
      }
      for (int i = 0; i < n; i++) {
        double share = rows[i][column];
        for (int j = 0; i != column && j < 2 * n; j++) {
          rows[i][j] -= share * row[j];
        }
      }
    }
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows[i], n, inverse[i], 0, n);
    }
    return Optional.of(inverse);
  }

  static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }
}
