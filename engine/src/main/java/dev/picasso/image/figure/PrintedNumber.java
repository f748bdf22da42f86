package dev.picasso.image.figure;

import dev.picasso.image.figure.Figure.Align;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A number as it stands at a colour bar: to three figures; tiny and huge ones to two, with a power
 * of ten.
 *
 * @param digits with what comes before the exponent, as in "−3.6·10"
 * @param exponent raised behind them; may be empty
 */
record PrintedNumber(String digits, String exponent) {
  private static final int FIGURES = 3;
  private static final int LEAST_EXPONENT = -3;
  private static final int MOST_EXPONENT = 4;

  /** Size of an exponent, and how far it is raised, in heights of letters. */
  private static final double SMALL = .7;

  private static final double RAISED = .33;

  static PrintedNumber of(double number) {
    if (number == 0 || !Double.isFinite(number)) {
      return new PrintedNumber(number == 0 ? "0" : String.valueOf(number), "");
    }
    BigDecimal three = new BigDecimal(number).round(new MathContext(FIGURES));
    int exponent = exponent(three);
    if (exponent >= LEAST_EXPONENT && exponent < MOST_EXPONENT) {
      int places = Math.max(0, FIGURES - 1 - exponent);
      BigDecimal shown = new BigDecimal(number).setScale(places, RoundingMode.HALF_EVEN);
      return new PrintedNumber(minus(shown.toPlainString()), "");
    }
    BigDecimal two = new BigDecimal(number).round(new MathContext(FIGURES - 1));
    int power = exponent(two);
    BigDecimal mantissa = two.movePointLeft(power).setScale(1, RoundingMode.HALF_EVEN);
    return new PrintedNumber(minus(mantissa.toPlainString()) + "·10", minus(String.valueOf(power)));
  }

  private static int exponent(BigDecimal number) {
    return number.precision() - number.scale() - 1;
  }

  private static String minus(String number) {
    return number.replace('-', '−');
  }

  /** The same size with either sign. */
  PrintedNumber eitherSign() {
    return new PrintedNumber("±" + digits.replace("−", ""), exponent);
  }

  double width(Letters letters, double points) {
    return letters.width(digits, points) + letters.width(exponent, SMALL * points);
  }

  /** Its marks, beginning at x. */
  List<Figure.Mark> at(double x, double base, double points, Letters letters) {
    List<Figure.Mark> marks = new ArrayList<>();
    marks.add(new Figure.Words(digits, x, base, points, Align.START, false));
    if (!exponent.isEmpty()) {
      double raised = base - RAISED * points * Figure.POINT;
      double behind = x + letters.width(digits, points);
      marks.add(new Figure.Words(exponent, behind, raised, SMALL * points, Align.START, false));
    }
    return marks;
  }
}
