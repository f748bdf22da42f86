package dev.picasso.image.figure;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.Scale;
import dev.picasso.image.figure.Figure.Align;
import dev.picasso.image.figure.FigureTable.Cell;
import dev.picasso.image.figure.FigureTable.Note;
import dev.picasso.image.figure.FigureTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts a table of pictures into place. Columns are equally wide and fill the width; rows are as
 * high as their pictures. A colour bar stands below the table where all maps share one scale,
 * beside or below each row where its maps do, and below each map where they do not. Letters are
 * made smaller where words would not have place, all of a kind alike, and cut only where the least
 * legible size is too large.
 */
public final class FigureLayout {
  private static final double EDGE = .6;
  private static final double GAP = 1.5;
  private static final double SPACE = .8;
  private static final double LEAST_CELL = 9;

  /** Pictures that are higher than this many times their width are shown smaller. */
  private static final double HIGHEST = 1.6;

  /** A row is that high where its label needs it. */
  private static final double LEAST_ROW = 10;

  private static final double LITTLE_SMALLER = .85;
  private static final int HEADING_LINES = 5;
  private static final int LABEL_LINES = 2;
  private static final int NOTE_LINES = 3;
  private static final int CAPTION_LINES = 40;

  private final FigureTable table;
  private final FigureStyle style;
  private final Letters letters;
  private final Bars bars;
  private final double left;
  private final double cell;

  /** Sizes of the letters of row labels, and of all else in the table. */
  private final double labelPoints;

  private final double points;
  private final List<Figure.Mark> marks = new ArrayList<>();

  private FigureLayout(FigureTable table, FigureStyle style, Letters letters) {
    this.table = table;
    this.style = style;
    this.letters = letters;
    boolean labelled = table.rows().stream().anyMatch(row -> !row.label().isEmpty());
    double line = TextSize.line(style.points());
    double wide = EDGE + (labelled ? LABEL_LINES * line + SPACE : 0);
    this.bars = new Bars(table, style, letters, row -> height(row, cell(wide, 0)));
    double least = cell(wide, bars.beside());
    this.labelPoints = labelPoints(least);
    int lines =
        table.rows().stream()
            .mapToInt(row -> labels(row, labelPoints, height(row, least)).size())
            .max()
            .orElse(1);
    this.left = EDGE + (labelled ? lines * TextSize.line(labelPoints) + SPACE : 0);
    this.cell = cell(left, bars.beside());
    this.points = TextSize.largest(style.points(), TextSize.LEAST, this::areFitting);
  }

  private double cell(double from, double beside) {
    double room = style.width() - from - beside - EDGE;
    return (room - (table.width() - 1) * GAP) / table.width();
  }

  /** Letters that are a little smaller are better than a line more. */
  private double labelPoints(double width) {
    double little = LITTLE_SMALLER * style.points();
    double inOne = TextSize.largest(style.points(), little, p -> areLabelsFitting(p, width, 1));
    return areLabelsFitting(inOne, width, 1)
        ? inOne
        : TextSize.largest(
            style.points(), TextSize.LEAST, p -> areLabelsFitting(p, width, LABEL_LINES));
  }

  private boolean areLabelsFitting(double size, double width, int most) {
    return table.rows().stream()
        .allMatch(row -> letters.isFitting(row.label(), size, height(row, width), most));
  }

  /** A row's label, in lines that fit beside its pictures. */
  private List<String> labels(Row row, double size, double height) {
    return letters.lines(row.label(), size, height, LABEL_LINES);
  }

  /** Whether headings and notes have place in letters of that size. */
  private boolean areFitting(double size) {
    Stream<String> heads =
        Stream.concat(
            table.columns().stream(),
            table.rows().stream().flatMap(r -> r.cells().stream()).map(Cell::heading));
    return heads.allMatch(head -> letters.isFitting(head, size, cell, HEADING_LINES))
        && table.rows().stream()
            .flatMap(row -> row.notes().stream())
            .allMatch(n -> letters.isFitting(n.text(), size, width(n), NOTE_LINES));
  }

  private double width(Note note) {
    return cell + (note.last() - note.first()) * (cell + GAP);
  }

  /**
   * Lays a table out.
   *
   * @throws PicassoException if it has nothing to show, or more columns than the width takes
   */
  public static Figure of(FigureTable table, FigureStyle style, Letters letters) {
    if (table.width() == 0) {
      throw new PicassoException("There is no picture that a figure could show.");
    }
    return new FigureLayout(table, style, letters).layOut();
  }

  private Figure layOut() {
    if (cell < LEAST_CELL) {
      throw new PicassoException(
          "A figure of %s mm leaves %s mm for each of %d pictures in a row; choose fewer columns, or"
                  .formatted(
                      Words.number(style.width()),
                      Words.number(Math.max(0, Math.round(cell * 10) / 10.)),
                      table.width())
              + " a wider one.");
    }
    double y = headings(table.columns(), EDGE);
    for (Row row : table.rows()) {
      y = row(row, y) + GAP;
    }
    y -= GAP;
    Optional<Scale> shared = bars.ofAll();
    if (shared.isPresent()) {
      y = sharedBar(shared.get(), y + SPACE);
    }
    y = caption(y);
    return new Figure(style.width(), y + EDGE, table.title(), marks);
  }

  /** A bar for several maps, and where it ends. */
  private double sharedBar(Scale scale, double top) {
    LyingBars lying = bars.lying(bars.shared(cell, style.width() - left - EDGE), points);
    marks.addAll(lying.at(scale, left, top));
    return top + lying.height();
  }

  private double x(int column) {
    return left + column * (cell + GAP);
  }

  /** Lines over columns; the last ones stand nearest to the pictures. */
  private double headings(List<String> heads, double top) {
    if (heads.stream().allMatch(String::isEmpty)) {
      return top;
    }
    List<List<String>> all =
        heads.stream().map(head -> letters.lines(head, points, cell, HEADING_LINES)).toList();
    int most = all.stream().mapToInt(List::size).max().orElse(0);
    for (int c = 0; c < all.size(); c++) {
      int before = most - all.get(c).size();
      write(all.get(c), x(c) + cell / 2, top + before * line());
    }
    return top + most * line() + SPACE / 2;
  }

  private double line() {
    return TextSize.line(points);
  }

  /** Lines below one another about the same place. */
  private void write(List<String> lines, double x, double top) {
    for (int i = 0; i < lines.size(); i++) {
      double base = top + i * line() + TextSize.ascent(points);
      write(lines.get(i), x, base, points, Align.MIDDLE, false);
    }
  }

  private void write(String text, double x, double base, double size, Align align, boolean turned) {
    if (!text.isBlank()) {
      marks.add(new Figure.Words(text, x, base, size, align, turned));
    }
  }

  private double row(Row row, double from) {
    double top = headings(row.cells().stream().map(Cell::heading).toList(), from);
    double height = height(row, cell);
    for (int c = 0; c < row.cells().size(); c++) {
      picture(row.cells().get(c), x(c), top, height);
    }
    label(row, top, height);
    double end = top + height;
    Optional<Scale> beside = bars.beside(row);
    if (beside.isPresent()) {
      double right = x(table.width() - 1) + cell + GAP;
      marks.addAll(bars.standing(beside.get(), right, top, height));
    }
    Optional<Scale> below = bars.below(row);
    if (below.isPresent()) {
      end = sharedBar(below.get(), end + SPACE);
    }
    if (bars.areOfMaps() && row.cells().stream().anyMatch(c -> c.scale().isPresent())) {
      LyingBars lying = bars.lying(cell, points);
      double y = end + SPACE;
      for (int c = 0; c < row.cells().size(); c++) {
        double x = x(c);
        row.cells().get(c).scale().ifPresent(s -> marks.addAll(lying.at(s, x, y)));
      }
      end = y + lying.height();
    }
    return notes(row, end);
  }

  private double notes(Row row, double top) {
    int most = 0;
    for (Note note : row.notes()) {
      List<String> lines = letters.lines(note.text(), points, width(note), NOTE_LINES);
      write(lines, x(note.first()) + width(note) / 2, top + SPACE / 4);
      most = Math.max(most, lines.size());
    }
    return most == 0 ? top : top + SPACE / 4 + most * line();
  }

  /** How high the pictures of a row are, and its label at least. */
  private double height(Row row, double width) {
    double pictures =
        row.cells().stream().mapToDouble(c -> size(c, width).height()).max().orElse(0);
    return Math.max(pictures, Math.min(LEAST_ROW, letters.width(row.label(), style.points())));
  }

  /** A size in millimetres. */
  private record Size(double width, double height) {}

  private static Size size(Cell one, double width) {
    double ratio = (double) one.picture().height() / one.picture().width();
    return ratio <= HIGHEST
        ? new Size(width, width * ratio)
        : new Size(width * HIGHEST / ratio, width * HIGHEST);
  }

  /** A picture in the middle of its place. */
  private void picture(Cell one, double x, double top, double height) {
    Size size = size(one, cell);
    Canvas picture = Sampling.forPrint(one.picture(), style.pixels(size.width()));
    marks.add(
        new Figure.Image(
            picture,
            x + (cell - size.width()) / 2,
            top + (height - size.height()) / 2,
            size.width(),
            size.height(),
            picture.width() > one.picture().width()));
  }

  /** Turned; of several lines, the last one stands nearest to the pictures. */
  private void label(Row row, double top, double height) {
    double size = Math.min(labelPoints, points);
    List<String> lines = labels(row, size, height);
    double first = left - SPACE - lines.size() * TextSize.line(size);
    for (int i = 0; i < lines.size(); i++) {
      double base = first + i * TextSize.line(size) + TextSize.ascent(size);
      write(lines.get(i), base, top + height / 2, size, Align.MIDDLE, true);
    }
  }

  private double caption(double from) {
    if (table.caption().isBlank()) {
      return from;
    }
    double y = from + 2 * SPACE;
    double width = style.width() - 2 * EDGE;
    for (String text : letters.paragraph(table.caption(), style.points(), width, CAPTION_LINES)) {
      write(text, EDGE, y + TextSize.ascent(style.points()), style.points(), Align.START, false);
      y += TextSize.line(style.points());
    }
    return y;
  }
}
