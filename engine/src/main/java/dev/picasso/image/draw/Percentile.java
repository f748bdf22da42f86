package dev.picasso.image.draw;

import dev.picasso.image.HeatMap;
import java.util.Arrays;
import java.util.List;

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
    Arrays.sort(values, 0, n);
    double place = percentile / 100 * (n - 1);
    int below = (int) Math.min(place, n - 1);
    int above = Math.min(below + 1, n - 1);
    return values[below] + (place - below) * ((double) values[above] - values[below]);
  }
}
