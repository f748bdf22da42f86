package dev.picasso.image.segments;

import dev.picasso.image.ImageException;
import java.util.Arrays;

/**
 * Run lengths as COCO compresses them into a text: each count in characters of five bits from '0'
 * (48) on, the lowest first, the sixth bit where more follow; from the fourth count on it is what
 * it differs from the last but one. The format of COCO's mask interface, rleToString.
 */
final class CompressedRuns {
  private static final int FIRST = 48;
  private static final int BITS = 5;
  private static final int MOST_CHARACTERS = 9;

  private CompressedRuns() {}

  /** The counts. */
  static long[] decode(String text) {
    long[] counts = new long[text.length()];
    int n = 0;
    for (int at = 0; at < text.length(); ) {
      long count = 0;
      int from = at;
      int bits;
      do {
        bits = at < text.length() ? text.charAt(at) - FIRST : -1;
        if (bits < 0 || bits > 63 || at - from == MOST_CHARACTERS) {
          throw new ImageException("run lengths that are not compressed as those of COCO are");
        }
        count |= (bits & 31L) << (BITS * (at - from));
        at++;
      } while ((bits & 32) != 0);
      if ((bits & 16) != 0) {
        count |= -1L << (BITS * (at - from));
      }
      counts[n] = n > 2 ? count + counts[n - 2] : count;
      n++;
    }
    return Arrays.copyOf(counts, n);
  }
}
