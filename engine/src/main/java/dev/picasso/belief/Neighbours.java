package dev.picasso.belief;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The equations of {@link NeighbourFilling} for one set of missing pixels: the weighted differences
 * of each to its neighbours sum to zero. Planes lie in a frame of one pixel, where weights are 0.
 */
final class Neighbours {
  private static final double BESIDE = 1 / 6.;
  private static final double CORNER = 1 / 12.;

  /** The length of what is left of the equations, as a share of the first. */
  private static final double SOLVED = 1e-6;

  private static final int MOST_STEPS = 5_000;

  private final int width;
  private final int height;
  private final BitSet missing;
  private final int wide;

  /** Where missing pixels lie in a plane with its frame, and the weights of their neighbours. */
  private final int[] places;

  private final double[] weights;

  Neighbours(int width, int height, BitSet missing) {
    this.width = width;
    this.height = height;
    this.missing = missing;
    this.wide = width + 2;
    this.places = missing.stream().map(i -> (i / width + 1) * wide + i % width + 1).toArray();
    double[] inside = framed(i -> 1);
    this.weights = Arrays.stream(places).mapToDouble(at -> around(inside, at)).toArray();
  }

  private interface Values {
    double at(int pixel);
  }

  private double[] framed(Values values) {
    double[] plane = new double[wide * (height + 2)];
    for (int i = 0; i < width * height; i++) {
      plane[(i / width + 1) * wide + i % width + 1] = values.at(i);
    }
    return plane;
  }

  private double around(double[] p, int at) {
    int up = at - wide;
    int down = at + wide;
    return BESIDE * (p[at - 1] + p[at + 1] + p[up] + p[down])
        + CORNER * (p[up - 1] + p[up + 1] + p[down - 1] + p[down + 1]);
  }

  /**
   * A plane with its missing pixels filled.
   *
   * @param plane [height · width]; what is missing in it is not looked at
   */
  double[] filled(double[] plane) {
    double[] out = plane.clone();
    if (missing.cardinality() == plane.length) {
      Arrays.fill(out, Arrays.stream(plane).average().orElse(0));
      return out;
    }
    double[] guess = Pyramid.filled(plane, missing, width, height);
    double[] u = framed(i -> guess[i]);
    solve(u);
    missing.stream().forEach(i -> out[i] = u[(i / width + 1) * wide + i % width + 1]);
    return out;
  }

  /** Conjugate gradients: u is right where pixels are known, and becomes so where they miss. */
  private void solve(double[] u) {
    int n = places.length;
    double[] residual = new double[n];
    double[] direction = new double[u.length];
    double[] image = new double[n];
    double length = 0;
    for (int k = 0; k < n; k++) {
      residual[k] = around(u, places[k]) - weights[k] * u[places[k]];
      direction[places[k]] = residual[k];
      length += residual[k] * residual[k];
    }
    double enough = SOLVED * SOLVED * Math.max(length, scale(u));
    for (int step = 0; step < MOST_STEPS && length > enough; step++) {
      double along = 0;
      for (int k = 0; k < n; k++) {
        image[k] = weights[k] * direction[places[k]] - around(direction, places[k]);
        along += image[k] * direction[places[k]];
      }
      double far = length / along;
      double next = 0;
      for (int k = 0; k < n; k++) {
        u[places[k]] += far * direction[places[k]];
        residual[k] -= far * image[k];
        next += residual[k] * residual[k];
      }
      double kept = next / length;
      for (int k = 0; k < n; k++) {
        direction[places[k]] = residual[k] + kept * direction[places[k]];
      }
      length = next;
    }
  }

  private static double scale(double[] u) {
    return Arrays.stream(u).map(v -> v * v).sum() / u.length;
  }
}
