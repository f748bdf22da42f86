package dev.picasso.image.figure;

import dev.picasso.image.draw.ColourBar;
import dev.picasso.image.draw.Scale;
import dev.picasso.image.figure.Figure.Align;
import dev.picasso.image.figure.FigureTable.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The colour bars of a figure: how few are enough, and their marks. */
final class Bars {
  private static final double THICK = 1.6;
  private static final double SPACE = .6;
  private static final int STEPS = 256;

  /** How far the base line lies below the middle of digits, in heights of letters. */
  private static final double HALF_DIGIT = .35;

  private final FigureTable table;
  private final FigureStyle style;
  private final Letters letters;
  private final boolean oneForAll;
  private final boolean oneForRows;

  Bars(FigureTable table, FigureStyle style, Letters letters) {
    this.table = table;
    this.style = style;
    this.letters = letters;
    this.oneForAll = table.rows().stream().flatMap(Bars::scales).distinct().count() == 1;
    this.oneForRows =
        !oneForAll && table.rows().stream().allMatch(r -> scales(r).distinct().count() <= 1);
  }

  private static Stream<Scale> scales(Row row) {
    return row.cells().stream().flatMap(c -> c.scale().stream());
  }

  /** The scale of all maps, if they share one. */
  Optional<Scale> ofAll() {
    return oneForAll ? table.rows().stream().flatMap(Bars::scales).findFirst() : Optional.empty();
  }

  /** The scale of a row's maps, if all rows have one each. */
  Optional<Scale> ofRow(Row row) {
    return oneForRows ? scales(row).findFirst() : Optional.empty();
  }

  /** Whether each map has a bar. */
  boolean areOfMaps() {
    return !oneForAll && !oneForRows;
  }

  /** The room that bars beside rows take. */
  double beside() {
    if (!oneForRows) {
      return 0;
    }
    double numbers =
        table.rows().stream()
            .flatMap(Bars::scales)
            .flatMap(Bars::numbers)
            .mapToDouble(text -> letters.width(text, style.points()))
            .max()
            .orElse(0);
    return numbers == 0 ? 0 : 2 * SPACE + THICK + SPACE + numbers;
  }

  private static Stream<String> numbers(Scale scale) {
    return Stream.of(ColourBar.text(scale.low()), ColourBar.text(scale.high()));
  }

  /** A bar between its numbers, on a line of letters. */
  List<Figure.Mark> lying(Scale scale, double x, double top, double width) {
    String low = ColourBar.text(scale.low());
    String high = ColourBar.text(scale.high());
    double left = letters.width(low, style.points()) + SPACE;
    double right = letters.width(high, style.points()) + SPACE;
    double middle = top + style.letters() / 2;
    double base = middle + HALF_DIGIT * style.letters();
    return List.of(
        new Figure.Words(low, x, base, style.points(), Align.START, false),
        new Figure.Image(
            ColourBar.colours(scale.colours(), STEPS, false),
            x + left,
            middle - THICK / 2,
            Math.max(1, width - left - right),
            THICK,
            false),
        new Figure.Words(high, x + width, base, style.points(), Align.END, false));
  }

  /** A bar as high as a row, its numbers on the right. */
  List<Figure.Mark> standing(Scale scale, double x, double top, double height) {
    double ascent = 2 * HALF_DIGIT * style.letters();
    double text = x + THICK + SPACE;
    return List.of(
        new Figure.Image(
            ColourBar.colours(scale.colours(), STEPS, true), x, top, THICK, height, false),
        new Figure.Words(
            ColourBar.text(scale.high()), text, top + ascent, style.points(), Align.START, false),
        new Figure.Words(
            ColourBar.text(scale.low()), text, top + height, style.points(), Align.START, false));
  }
}
