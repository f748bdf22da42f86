package dev.picasso.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Chance, and the numbers that programs get wrong. One seed gives one sequence. */
final class Dice {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    3,
    7,
    8,
    63,
    64,
    100,
    127,
    128,
    255,
    256,
    32767,
    32768,
    65535,
    65536,
    1_000_000,
    100_000_000,
    Integer.MAX_VALUE,
    Integer.MAX_VALUE - 1L,
    Integer.MIN_VALUE,
    1L << 31,
    1L << 32,
    (1L << 32) - 1,
    1L << 40,
    1L << 53,
    1L << 61,
    1L << 62,
    Long.MAX_VALUE,
    Long.MAX_VALUE - 7,
    Long.MIN_VALUE,
    -2,
    -3,
    -100
  };

  private static final double[] FRACTIONS = {
    0,
    -0.0,
    1,
    -1,
    .5,
    1e-45,
    1e-8,
    1e30,
    1e300,
    Float.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  private final SplittableRandom random;

  Dice(long seed) {
    // Neighbouring seeds give neighbouring first numbers unless they are mixed.
    random = new SplittableRandom(new SplittableRandom(seed).nextLong());
  }

  /** 0 to n − 1. */
  int below(int n) {
    return random.nextInt(n);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T one(List<T> of) {
    return of.get(below(of.size()));
  }

  /** A number at which programs break, or one near to what was there. */
  long number(long near) {
    return switch (below(6)) {
      case 0 -> near + 1;
      case 1 -> near - 1;
      case 2 -> chance(.5) ? near * 2 : -near;
      case 3 -> below(20) - 2L;
      default -> NUMBERS[below(NUMBERS.length)];
    };
  }

  double fraction(double near) {
    return chance(.2) ? near * (below(7) - 3) : FRACTIONS[below(FRACTIONS.length)];
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A text at which programs break, or one of those in use. */
  String text(String near, List<String> others) {
    return switch (below(10)) {
      case 0 -> "";
      case 1 -> near + ":" + number(1);
      case 2 -> "^" + near;
      case 3 -> near.substring(0, near.length() / 2);
      case 4 -> chance(.2) ? "x".repeat(100_000) : near + "é\u0000\n\"'{}/../" + near;
      case 5 -> String.valueOf(number(3));
      default -> others.isEmpty() ? "other" : one(others);
    };
  }
}
