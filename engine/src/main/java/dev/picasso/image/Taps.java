package dev.picasso.image;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/**
 * For each place along one axis of the result: which places of the source it is made of, and with
 * what weights. Weights sum to one; a place outside the source has none.
 */
final class Taps {
  /** More weights than these are computed when they are asked for, each time. */
  private static final long KEPT = 1 << 20;

  private final int[] first;
  private final int[] length;
  private final IntFunction<double[]> weights;

  private Taps(int[] first, int[] length, IntFunction<double[]> weights) {
    this.first = first;
    this.length = length;
    this.weights = Arrays.stream(length).asLongStream().sum() <= KEPT ? kept(weights) : weights;
  }

  private IntFunction<double[]> kept(IntFunction<double[]> made) {
    double[][] all = new double[first.length][];
    Arrays.setAll(all, made);
    return i -> all[i];
  }

  /**
   * Taps for places 0 … count−1 of the result, where place i has its centre at offset + step · (i +
   * ½ + start) of the source.
   *
   * @param antialias whether the filter widens when the result is smaller than the source
   * @param size number of places of the source
   */
  static Taps of(
      ResizeFilter filter,
      boolean antialias,
      double offset,
      double step,
      long start,
      int count,
      int size) {
    return of(
        filter,
        antialias ? Math.max(step, 1) : 1,
        count,
        size,
        0,
        size,
        i -> offset + (start + i + .5) * step);
  }

  /**
   * Taps for a map that shrinks by averaging. Its outermost values reach on from place {@code from}
   * to place {@code to} of the source; beyond there is nothing.
   */
  static Taps extended(
      ResizeFilter filter,
      double offset,
      double step,
      int count,
      int size,
      double from,
      double to) {
    return of(filter, Math.max(step, 1), count, size, from, to, i -> offset + (i + .5) * step);
  }

  private static Taps of(
      ResizeFilter filter,
      double stretch,
      int count,
      int size,
      double from,
      double to,
      IntToDoubleFunction centres) {
    int[] first = new int[count];
    int[] length = new int[count];
    for (int i = 0; i < count; i++) {
      double place = centres.applyAsDouble(i);
      double centre = Math.min(Math.max(place, 0), size);
      if (!(place >= from && place < to)) {
        length[i] = 0;
      } else if (filter == ResizeFilter.NEAREST) {
        first[i] = Math.min((int) centre, size - 1);
        length[i] = 1;
      } else {
        double reach = filter.support() * stretch;
        first[i] = Math.max((int) (centre - reach + .5), 0);
        int end = Math.min((int) (centre + reach + .5), size);
        length[i] = end - first[i];
      }
    }
    return new Taps(
        first,
        length,
        i ->
            filter == ResizeFilter.NEAREST
                ? ones(length[i])
                : weights(
                    filter,
                    stretch,
                    Math.min(Math.max(centres.applyAsDouble(i), 0), size),
                    first[i],
                    length[i]));
  }

  private static double[] ones(int length) {
    double[] weights = new double[length];
    Arrays.fill(weights, 1);
    return weights;
  }

  private static double[] weights(
      ResizeFilter filter, double stretch, double centre, int first, int length) {
    double[] weights = new double[length];
    double sum = 0;
    double narrowing = 1 / stretch;
    for (int k = 0; k < weights.length; k++) {
      weights[k] = filter.weight((first + k - centre + .5) * narrowing);
      sum += weights[k];
    }
    for (int k = 0; k < weights.length && sum != 0; k++) {
      weights[k] /= sum;
    }
    return weights;
  }

  /**
   * The same with weights rounded to 22 binary places. With them, sums over 8-bit samples are exact
   * and equal those of Pillow, which computes in such fixed-point numbers.
   */
  Taps rounded() {
    return new Taps(first, length, i -> rounded(weights.apply(i)));
  }

  private static double[] rounded(double[] weights) {
    double one = 1 << 22;
    double[] rounded = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      double w = weights[k] * one;
      rounded[k] = (w < 0 ? Math.ceil(w - .5) : Math.floor(w + .5)) / one;
    }
    return rounded;
  }

  int count() {
    return first.length;
  }

  /** The first place of the source that place i is made of. */
  int first(int i) {
    return first[i];
  }

  /** Number of places of the source that place i is made of; 0 outside the source. */
  int length(int i) {
    return length[i];
  }

  /** The weights of these places; not to be changed. */
  double[] weights(int i) {
    return weights.apply(i);
  }

  /** The lowest place of the source in use. */
  int lowest() {
    int lowest = Integer.MAX_VALUE;
    for (int i = 0; i < first.length; i++) {
      lowest = length(i) > 0 ? Math.min(lowest, first[i]) : lowest;
    }
    return lowest;
  }

  /** One past the highest place of the source in use; 0 if none is. */
  int end() {
    int end = 0;
    for (int i = 0; i < first.length; i++) {
      end = length(i) > 0 ? Math.max(end, first[i] + length(i)) : end;
    }
    return end;
  }
}
