package dev.picasso.image.segments;

import java.util.HashMap;
import java.util.Map;

/** How far two ways to cut up the same things agree. Hubert and Arabie 1985. */
final class Agreement {
  private Agreement() {}

  /** The adjusted Rand index: 1 where both are the same, about 0 where they agree by chance. */
  static double of(int[] a, int[] b) {
    Map<Long, Long> both = new HashMap<>();
    Map<Long, Long> first = new HashMap<>();
    Map<Long, Long> second = new HashMap<>();
    for (int i = 0; i < a.length; i++) {
      both.merge((long) a[i] << 32 | b[i], 1L, Long::sum);
      first.merge((long) a[i], 1L, Long::sum);
      second.merge((long) b[i], 1L, Long::sum);
    }
    double together = pairs(both);
    double chance = pairs(first) * pairs(second) / (a.length * (a.length - 1.) / 2);
    double most = (pairs(first) + pairs(second)) / 2;
    return most == chance ? 1 : (together - chance) / (most - chance);
  }

  private static double pairs(Map<Long, Long> counts) {
    return counts.values().stream().mapToDouble(n -> n * (n - 1.) / 2).sum();
  }
}
