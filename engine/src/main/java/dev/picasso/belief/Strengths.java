package dev.picasso.belief;

import dev.picasso.attribution.Attribution;
import dev.picasso.image.HeatMap;

/** What of a map speaks for the class. */
final class Strengths {
  private Strengths() {}

  /**
   * The map without what is negative; of a map that does not count from 0, what is above its lowest
   * number.
   */
  static HeatMap of(Attribution method, HeatMap map) {
    float[] values = map.values();
    float zero = 0;
    if (!method.countsFromZero()) {
      zero = Float.POSITIVE_INFINITY;
      for (float value : values) {
        zero = Math.min(zero, value);
      }
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(values[i] - zero, 0);
    }
    return HeatMap.of(map.width(), map.height(), values);
  }
}
