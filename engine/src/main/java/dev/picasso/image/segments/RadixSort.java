package dev.picasso.image.segments;

/** Sorts numbers that carry others with them, in time that grows with their number alone. */
final class RadixSort {
  private static final int BITS = 16;

  private RadixSort() {}

  /**
   * Sorts the first n keys, smallest first, and what goes with them; alike ones keep their order.
   *
   * @param keys not negative
   */
  static void sort(long[] keys, int[] carried, int n) {
    long[] keysFrom = keys;
    int[] from = carried;
    long[] keysTo = new long[n];
    int[] to = new int[n];
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      int[] starts = starts(keysFrom, n, shift);
      for (int i = 0; i < n; i++) {
        int place = starts[digit(keysFrom[i], shift)]++;
        keysTo[place] = keysFrom[i];
        to[place] = from[i];
      }
      long[] keysFree = keysFrom;
      keysFrom = keysTo;
      keysTo = keysFree;
      int[] free = from;
      from = to;
      to = free;
    }
    // After an even number of passes everything lies where it was.
  }

  private static int[] starts(long[] keys, int n, int shift) {
    int[] starts = new int[(1 << BITS) + 1];
    for (int i = 0; i < n; i++) {
      starts[digit(keys[i], shift) + 1]++;
    }
    for (int d = 0; d < 1 << BITS; d++) {
      starts[d + 1] += starts[d];
    }
    return starts;
  }

  private static int digit(long key, int shift) {
    return (int) (key >>> shift) & (1 << BITS) - 1;
  }
}
