package dev.picasso.region;

import java.util.HashMap;
import java.util.Map;

/** How much of each map changes, in the mean over all places of one size. */
final class Shares {
  private final Field pixels;
  private final int height;
  private final int width;
  private final double cap;
  private final Map<Field, Double> known = new HashMap<>();

  Shares(Field pixels, int height, int width, double cap) {
    this.pixels = pixels;
    this.height = height;
    this.width = width;
    this.cap = cap;
  }

  /** The share of a map's cells, above 0 and at most 1. */
  double of(Field field) {
    return known.computeIfAbsent(
        field, f -> rows(f) * columns(f) / ((double) f.height() * f.width()));
  }

  /** How many rows of a map change. */
  double rows(Field field) {
    return field.rows().mean(height, pixels.height(), field.height(), cap);
  }

  double columns(Field field) {
    return field.columns().mean(width, pixels.width(), field.width(), cap);
  }

  /** The share of a map's cells that windows over it read when their outputs are computed. */
  double of(Reading reading) {
    if (!(reading.to() instanceof Target.Windows windows)) {
      return 1;
    }
    Field field = reading.from().orElse(windows.outputs());
    double down = needed(windows.down(), rows(windows.outputs()));
    double across = needed(windows.across(), columns(windows.outputs()));
    return down * across / ((double) field.height() * field.width());
  }

  private static double needed(Sweep sweep, double outputs) {
    return sweep.extent() == 1 ? outputs : (outputs - 1) * sweep.stride() + sweep.extent();
  }
}
