package dev.picasso.belief;

import java.util.Locale;

/**
 * A number that a check found.
 *
 * @param name unique in its check, as in "deletion area"; with the check's id before a dot it can
 *     be asked for a minimum
 * @param value NaN where there is none
 * @param better which way is better
 * @param range what it can be, for people, as in "0 to 1"
 */
public record Measure(String name, double value, Better better, String range) {
  /** Which numbers are better. */
  public enum Better {
    HIGHER,
    LOWER,
    NEITHER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A number of which more is better. */
  public static Measure higher(String name, double value, String range) {
    return new Measure(name, value, Better.HIGHER, range);
  }

  /** A number of which less is better. */
  public static Measure lower(String name, double value, String range) {
    return new Measure(name, value, Better.LOWER, range);
  }

  /** A number that describes. */
  public static Measure plain(String name, double value, String range) {
    return new Measure(name, value, Better.NEITHER, range);
  }

  /** The number to four figures. */
  public String text() {
    return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%.4g", value);
  }
}
