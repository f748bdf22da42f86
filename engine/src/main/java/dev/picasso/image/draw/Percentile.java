package dev.picasso.image.draw;

import dev.picasso.image.HeatMap;
import java.util.List;
import java.util.SplittableRandom;

/** Percentiles of the values of maps, between two of them in proportion, as NumPy's. */
final class Percentile {
  private Percentile() {}

  /** Of the absolute values of all maps together that are finite; 0 where none is. */
  static double ofAbsolute(List<HeatMap> maps, double percentile) {
    int all = maps.stream().mapToInt(m -> m.width() * m.height()).reduce(0, Math::addExact);
    float[] values = new float[all];
    int n = 0;
    for (HeatMap map : maps) {
      for (float value : map.values()) {
        if (Float.isFinite(value)) {
          values[n++] = Math.abs(value);
        }
      }
    }
    return of(values, n, percentile);
  }

  private static double of(float[] values, int n, double percentile) {
    if (n == 0) {
      return 0;
    }
    double place = percentile / 100 * (n - 1);
    int below = (int) Math.min(place, n - 1);
    float value = selected(values, n, below);
    float next = value;
    if (below + 1 < n) {
      next = values[below + 1];
      for (int i = below + 2; i < n; i++) {
        next = Math.min(next, values[i]);
      }
    }
    return value + (place - below) * ((double) next - value);
  }

  /**
   * The value that would be at a place if they were sorted; what is larger lies behind it then. To
   * sort all takes ten times as long.
   */
  private static float selected(float[] values, int n, int place) {
    int from = 0;
    int to = n - 1;
    SplittableRandom any =
        new SplittableRandom(n); // of the middle ones a hill would be the worst case
    while (from < to) {
      float pivot = values[any.nextInt(from, to + 1)];
      int i = from;
      int j = to;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          float swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (place <= j) {
        to = j;
      } else if (place >= i) {
        from = i;
      } else {
        break;
      }
    }
    return values[place];
  }
}
