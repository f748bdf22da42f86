package dev.picasso.run.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/** Numbers in texts for people, with no more digits than anybody wrote. */
final class ShortNumbers {
  /** A decimal fraction, maybe with a power of ten, that stands alone. */
  private static final Pattern FRACTION =
      Pattern.compile("(?<![\\w.])-?\\d{1,20}\\.\\d{1,20}(?:E-?\\d{1,3})?(?![\\w.])");

  /** What people write by hand is shorter than this. */
  private static final int LONG = 6;

  private static final MathContext THREE = new MathContext(3);
  private static final double LARGEST_PART = 1000;
  private static final double CLOSE = 1e-6;

  private ShortNumbers() {}

  /** A text in which numbers of more than six figures have three, or are 1/255 where they are. */
  static String in(String text) {
    return FRACTION.matcher(text).replaceAll(found -> shortened(found.group()));
  }

  private static String shortened(String number) {
    BigDecimal exact = new BigDecimal(number);
    if (exact.stripTrailingZeros().precision() <= LONG) {
      return number;
    }
    double parts = 1 / Math.abs(exact.doubleValue());
    double whole = Math.rint(2 * parts) / 2; // 1/127.5 is as usual as 1/255
    if (parts > 2 && parts < LARGEST_PART && Math.abs(parts - whole) < CLOSE * parts) {
      String below = BigDecimal.valueOf(whole).stripTrailingZeros().toPlainString();
      return (exact.signum() < 0 ? "-1/" : "1/") + below;
    }
    return exact.round(THREE).stripTrailingZeros().toPlainString();
  }
}
