package dev.picasso;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Small things about words in messages. */
public final class Words {
  /** Of a name in a message. */
  private static final int LONGEST = 200;

  private static final double EXACT = 1e-12;

  private Words() {}

  /** "perSide" as "Per side". */
  public static String of(String name) {
    String spaced = name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }

  /** A number without a needless fraction: 2, 0.05. */
  public static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * A number as people write factors: 1/255 where the reciprocal is the shorter number and the same
   * one, else as it is.
   */
  public static String factor(double value) {
    String plain = number(value == 0 ? 0 : value);
    double divisor = Math.rint(1e6 / value) / 1e6;
    boolean fraction = value != 0 && Math.abs(divisor) > 1 && Math.abs(1 / divisor - value) < EXACT;
    String text = (value < 0 ? "-1/" : "1/") + number(Math.abs(divisor));
    return fraction && text.length() < plain.length() ? text : plain;
  }

  /** A size as people say it: 22 kB, 3.6 MB, 553 MB, 2.1 GB; a kB is a thousand bytes. */
  public static String bytes(long bytes) {
    double value = bytes / 1000.;
    String unit = "kB";
    for (String larger : List.of("MB", "GB")) {
      if (value >= 999.5) {
        value /= 1000;
        unit = larger;
      }
    }
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, unit);
  }

  /**
   * A text of a stranger's for a message: its beginning, where it is longer than any name.
   *
   * @param text of any length
   */
  public static String shown(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /**
   * The candidate that a mistyped word most likely meant; empty when none is near. Only those of
   * about its length are looked at, so that a word of a million letters takes no time.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = word.toLowerCase(Locale.ROOT);
    Optional<String> nearest = Optional.empty();
    int best = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      String other = candidate.toLowerCase(Locale.ROOT);
      int far = Math.max(2, candidate.length() / 3);
      if (Math.abs(other.length() - wanted.length()) <= far) {
        int distance = distance(wanted, other);
        if (distance <= far && distance < best) {
          best = distance;
          nearest = Optional.of(candidate);
        }
      }
    }
    return nearest;
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
