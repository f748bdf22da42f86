package dev.picasso.image.figure;

import dev.picasso.image.draw.ColourBar;
import dev.picasso.image.draw.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Colour bars of one width with their numbers, all alike: between the numbers where there is place,
 * else above them, in smaller letters where need be. A scale that ends alike on both sides then has
 * one number with either sign; the numbers of others stand below one another at last.
 */
record LyingBars(Form form, double width, double points, Letters letters) {
  static final double THICK = 1.6;
  private static final double SPACE = .6;
  private static final int STEPS = 256;

  /** The part of the width that a bar between its numbers has at least. */
  private static final double LEAST_BAR = .4;

  /** Numbers are rather shortened than made smaller than this. */
  private static final double SMALL_POINTS = 6;

  /** Where the numbers stand. */
  enum Form {
    AROUND,
    BELOW,
    SHORT,
    IN_TWO_LINES
  }

  static LyingBars of(List<Scale> scales, double width, double points, Letters letters) {
    for (Form form : Form.values()) {
      double least =
          switch (form) {
            case AROUND -> points;
            case BELOW -> SMALL_POINTS;
            case SHORT, IN_TWO_LINES -> TextSize.LEAST;
          };
      double size =
          TextSize.largest(points, least, p -> areFitting(scales, form, width, p, letters));
      if (areFitting(scales, form, width, size, letters)) {
        return new LyingBars(form, width, size, letters);
      }
    }
    double least = Math.min(points, TextSize.LEAST);
    return new LyingBars(Form.IN_TWO_LINES, width, least, letters);
  }

  private static boolean areFitting(
      List<Scale> scales, Form form, double width, double points, Letters letters) {
    double between = points * Figure.POINT / 2;
    return scales.stream()
        .allMatch(
            scale -> {
              double low = PrintedNumber.of(scale.low()).width(letters, points);
              double high = PrintedNumber.of(scale.high()).width(letters, points);
              double both = low + between + high;
              double one = eitherSign(scale).width(letters, points);
              return switch (form) {
                case AROUND -> low + high + 2 * SPACE + LEAST_BAR * width <= width;
                case BELOW -> both <= width;
                case SHORT -> (isSymmetric(scale) ? one : both) <= width;
                case IN_TWO_LINES -> (isSymmetric(scale) ? one : Math.max(low, high)) <= width;
              };
            });
  }

  private static boolean isSymmetric(Scale scale) {
    return scale.low() < 0 && scale.low() == -scale.high();
  }

  private static PrintedNumber eitherSign(Scale scale) {
    return PrintedNumber.of(scale.high()).eitherSign();
  }

  /** From the top of a bar to the end of its numbers. */
  double height() {
    double line = TextSize.line(points);
    return switch (form) {
      case AROUND -> Math.max(line, THICK);
      case BELOW, SHORT -> THICK + SPACE / 2 + line;
      case IN_TWO_LINES -> THICK + SPACE / 2 + 2 * line;
    };
  }

  /** A bar and its numbers. */
  List<Figure.Mark> at(Scale scale, double x, double top) {
    PrintedNumber low = PrintedNumber.of(scale.low());
    PrintedNumber high = PrintedNumber.of(scale.high());
    double end = x + width - high.width(letters, points);
    if (form == Form.AROUND) {
      double left = x + low.width(letters, points) + SPACE;
      double middle = top + height() / 2;
      double base = middle + .36 * points * Figure.POINT; // digits stand in the middle
      return joined(
          bar(scale, left, middle - THICK / 2, end - SPACE - left),
          low.at(x, base, points, letters),
          high.at(end, base, points, letters));
    }
    double base = top + THICK + SPACE / 2 + TextSize.ascent(points);
    Figure.Image bar = bar(scale, x, top, width);
    if (form != Form.BELOW && isSymmetric(scale)) {
      PrintedNumber both = eitherSign(scale);
      double left = x + (width - both.width(letters, points)) / 2;
      return joined(bar, both.at(left, base, points, letters), List.of());
    }
    double second = form == Form.IN_TWO_LINES ? base + TextSize.line(points) : base;
    return joined(bar, low.at(x, base, points, letters), high.at(end, second, points, letters));
  }

  private static Figure.Image bar(Scale scale, double x, double top, double width) {
    return new Figure.Image(
        ColourBar.colours(scale.colours(), STEPS, false), x, top, width, THICK, false);
  }

  /** A bar that stands, its numbers on the right. */
  static List<Figure.Mark> standing(
      Scale scale, double x, double top, double height, double points, Letters letters) {
    double digit = .72 * points * Figure.POINT;
    double text = x + THICK + SPACE;
    return joined(
        new Figure.Image(
            ColourBar.colours(scale.colours(), STEPS, true), x, top, THICK, height, false),
        PrintedNumber.of(scale.high()).at(text, top + digit, points, letters),
        PrintedNumber.of(scale.low()).at(text, top + height, points, letters));
  }

  private static List<Figure.Mark> joined(
      Figure.Image bar, List<Figure.Mark> low, List<Figure.Mark> high) {
    List<Figure.Mark> marks = new ArrayList<>(List.of(bar));
    Stream.of(low, high).forEach(marks::addAll);
    return List.copyOf(marks);
  }
}
