package dev.picasso.image.figure;

import dev.picasso.image.draw.Scale;
import dev.picasso.image.figure.FigureTable.Row;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The colour bars of a figure: how few are enough, and where they stand. */
final class Bars {
  private static final double SPACE = .6;

  /** The part of the figure's width that bars beside rows may take. */
  private static final double MOST_BESIDE = .2;

  /** Lines of letters that a row must be high for a bar beside it with a number at either end. */
  private static final double LEAST_LINES = 2.2;

  /** Where the bars are. */
  private enum Place {
    BELOW_ALL,
    BESIDE_ROWS,
    BELOW_ROWS,
    BELOW_MAPS
  }

  private final FigureTable table;
  private final FigureStyle style;
  private final Letters letters;
  private final Place place;
  private final double pointsBeside;

  /**
   * Chooses their place.
   *
   * @param height of a row, in millimetres, were there no bars beside it
   */
  Bars(FigureTable table, FigureStyle style, Letters letters, ToDoubleFunction<Row> height) {
    this.table = table;
    this.style = style;
    this.letters = letters;
    this.pointsBeside =
        TextSize.largest(
            style.points(), TextSize.LEAST, p -> beside(p) <= MOST_BESIDE * style.width());
    boolean high =
        table.rows().stream()
            .allMatch(r -> height.applyAsDouble(r) >= LEAST_LINES * TextSize.line(pointsBeside));
    this.place =
        scales().distinct().count() == 1
            ? Place.BELOW_ALL
            : table.rows().stream().anyMatch(r -> scales(r).distinct().count() > 1)
                ? Place.BELOW_MAPS
                : high && beside(pointsBeside) <= MOST_BESIDE * style.width()
                    ? Place.BESIDE_ROWS
                    : Place.BELOW_ROWS;
  }

  private Stream<Scale> scales() {
    return table.rows().stream().flatMap(Bars::scales);
  }

  private static Stream<Scale> scales(Row row) {
    return row.cells().stream().flatMap(c -> c.scale().stream());
  }

  /** The scale of all maps, if they share one. */
  Optional<Scale> ofAll() {
    return place == Place.BELOW_ALL ? scales().findFirst() : Optional.empty();
  }

  /** The scale of a row's maps, if its bar stands beside them. */
  Optional<Scale> beside(Row row) {
    return place == Place.BESIDE_ROWS ? scales(row).findFirst() : Optional.empty();
  }

  /** The scale of a row's maps, if its bar lies below them. */
  Optional<Scale> below(Row row) {
    return place == Place.BELOW_ROWS ? scales(row).findFirst() : Optional.empty();
  }

  /** Whether each map has a bar. */
  boolean areOfMaps() {
    return place == Place.BELOW_MAPS;
  }

  /** The room that bars beside rows take. */
  double beside() {
    return place == Place.BESIDE_ROWS ? beside(pointsBeside) : 0;
  }

  private double beside(double points) {
    double numbers =
        scales()
            .flatMap(s -> Stream.of(PrintedNumber.of(s.low()), PrintedNumber.of(s.high())))
            .mapToDouble(number -> number.width(letters, points))
            .max()
            .orElse(0);
    return numbers == 0 ? 0 : 2 * SPACE + LyingBars.THICK + SPACE + numbers;
  }

  /** A bar as high as a row, its numbers on the right. */
  List<Figure.Mark> standing(Scale scale, double x, double top, double height) {
    return LyingBars.standing(scale, x, top, height, pointsBeside, letters);
  }

  /** How the bars lie that are that wide. */
  LyingBars lying(double width, double points) {
    return LyingBars.of(scales().distinct().toList(), width, points, letters);
  }

  /** How wide a bar is that several maps share. */
  double shared(double cell, double room) {
    return Math.min(room, Math.max(2 * cell, Math.min(40, style.width() / 2)));
  }
}
