package dev.picasso.attribution.cam;

import java.util.Arrays;

/** The first singular vectors of a matrix, by iteration on its Gram matrix in double precision. */
final class Singular {
  /** Gram matrices up to this side are squared, each time of which doubles what a step does. */
  private static final int SQUARED = 256;

  private static final int SQUARINGS = 10;
  private static final int STEPS = 5_000;

  /** How much a vector of length one may still change in a step. */
  private static final double STILL = 1e-12;

  private Singular() {}

  /**
   * A·v for the first right singular vector v of A, up to its sign; zeros where A is zero.
   *
   * @param columns of A, each with an entry for each of its rows
   * @param check is called now and then, and may throw to end the work
   */
  static double[] firstProjection(double[][] columns, Runnable check) {
    int rows = columns[0].length;
    if (columns.length <= rows) {
      double[] v = strongest(gram(columns, check), check);
      double[] projected = new double[rows];
      for (int k = 0; k < columns.length; k++) {
        add(projected, columns[k], v[k]);
      }
      return projected;
    }
    double[][] across = transposed(columns);
    double[] u = strongest(gram(across, check), check);
    double[] v = new double[columns.length];
    for (int i = 0; i < rows; i++) {
      add(v, across[i], u[i]);
    }
    double length = Math.sqrt(dot(v, v));
    return Arrays.stream(u).map(each -> each * length).toArray();
  }

  /** The eigenvector of the largest eigenvalue of a symmetric matrix that has no negative one. */
  private static double[] strongest(double[][] symmetric, Runnable check) {
    double[][] matrix = symmetric;
    for (int i = 0; i < SQUARINGS && matrix.length <= SQUARED; i++) {
      scale(matrix);
      matrix = gram(matrix, check);
    }
    scale(matrix);
    double[] vector = start(matrix);
    for (int step = 0; step < STEPS; step++) {
      double[] next = new double[vector.length];
      for (int i = 0; i < next.length; i++) {
        next[i] = dot(matrix[i], vector);
      }
      double length = Math.sqrt(dot(next, next));
      if (length == 0) {
        return next;
      }
      double change = 0;
      for (int i = 0; i < next.length; i++) {
        next[i] /= length;
        change = Math.max(change, Math.abs(next[i] - vector[i]));
      }
      vector = next;
      if (change < STILL) {
        break;
      }
      check.run();
    }
    return vector;
  }

  /** The column of the largest diagonal entry, which has a share of the strongest vector. */
  private static double[] start(double[][] matrix) {
    int most = 0;
    for (int i = 1; i < matrix.length; i++) {
      most = matrix[i][i] > matrix[most][most] ? i : most;
    }
    double[] column = matrix[most].clone();
    double length = Math.sqrt(dot(column, column));
    return Arrays.stream(column).map(c -> length == 0 ? 0 : c / length).toArray();
  }

  private static void scale(double[][] matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.length; i++) {
      trace += matrix[i][i];
    }
    for (double[] row : matrix) {
      for (int i = 0; i < row.length; i++) {
        row[i] /= trace == 0 ? 1 : trace;
      }
    }
  }

  /** The inner products of vectors with one another. */
  private static double[][] gram(double[][] vectors, Runnable check) {
    double[][] gram = new double[vectors.length][vectors.length];
    for (int i = 0; i < gram.length; i++) {
      check.run();
      for (int j = 0; j <= i; j++) {
        gram[i][j] = dot(vectors[i], vectors[j]);
        gram[j][i] = gram[i][j];
      }
    }
    return gram;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] across = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < across.length; j++) {
        across[j][i] = matrix[i][j];
      }
    }
    return across;
  }

  private static void add(double[] sum, double[] vector, double times) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += times * vector[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
