package dev.picasso.image.figure;

import dev.picasso.PicassoException;
import dev.picasso.Words;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.Scale;
import dev.picasso.image.figure.Figure.Align;
import dev.picasso.image.figure.FigureTable.Cell;
import dev.picasso.image.figure.FigureTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a table of pictures into place. Columns are equally wide and fill the width; rows are as
 * high as their pictures. A colour bar stands below the table where all maps share one scale,
 * beside each row where its maps do, and below each map where they do not.
 */
public final class FigureLayout {
  private static final double EDGE = .6;
  private static final double GAP = 1.5;
  private static final double SPACE = .8;
  private static final double LEAST_CELL = 8;

  /** Pictures that are higher than this many times their width are shown smaller. */
  private static final double HIGHEST = 1.6;

  private static final int HEADING_LINES = 4;
  private static final int LABEL_LINES = 2;
  private static final int NOTE_LINES = 3;
  private static final int CAPTION_LINES = 40;
  private static final double LINE = 1.2;

  /** Where the base line is, from the top of a line. */
  private static final double ASCENT = .92;

  private final FigureTable table;
  private final FigureStyle style;
  private final Letters letters;
  private final Bars bars;
  private final double line;
  private final double left;
  private final double cell;
  private final List<Figure.Mark> marks = new ArrayList<>();

  private FigureLayout(FigureTable table, FigureStyle style, Letters letters) {
    this.table = table;
    this.style = style;
    this.letters = letters;
    this.bars = new Bars(table, style, letters);
    this.line = style.letters() * LINE;
    boolean labelled = table.rows().stream().anyMatch(row -> !row.label().isEmpty());
    double narrow = EDGE + (labelled ? line + SPACE : 0);
    boolean inTwo = table.rows().stream().anyMatch(row -> labels(row, cell(narrow)).size() > 1);
    this.left = inTwo ? narrow + line : narrow;
    this.cell = cell(left);
  }

  private double cell(double from) {
    double room = style.width() - from - bars.beside() - EDGE;
    return (room - (table.width() - 1) * GAP) / table.width();
  }

  /** A row's label, in lines that fit beside its pictures. */
  private List<String> labels(Row row, double width) {
    double height = row.cells().stream().mapToDouble(c -> size(c, width).height()).max().orElse(0);
    return letters.lines(row.label(), style.points(), height, LABEL_LINES);
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
    double y = headings(EDGE);
    for (Row row : table.rows()) {
      y = row(row, y) + GAP;
    }
    y -= GAP;
    Optional<Scale> shared = bars.ofAll();
    if (shared.isPresent()) {
      y += SPACE;
      double width = Math.min(style.width() - left - EDGE, Math.max(2 * cell, 40));
      marks.addAll(bars.lying(shared.get(), left, y, width));
      y += line;
    }
    y = caption(y);
    return new Figure(style.width(), y + EDGE, table.title(), marks);
  }

  private double x(int column) {
    return left + column * (cell + GAP);
  }

  private double headings(double top) {
    List<List<String>> all =
        table.columns().stream()
            .map(head -> letters.lines(head, style.points(), cell, HEADING_LINES))
            .toList();
    int most = all.stream().mapToInt(List::size).max().orElse(0);
    for (int c = 0; c < all.size(); c++) {
      heading(all.get(c), c, top, most);
    }
    return most == 0 ? top : top + most * line + SPACE / 2;
  }

  /** Lines over a column; the last one stands nearest to the picture. */
  private void heading(List<String> lines, int column, double top, int most) {
    for (int i = 0; i < lines.size(); i++) {
      double y = top + (most - lines.size() + i) * line;
      write(lines.get(i), x(column) + cell / 2, y, Align.MIDDLE);
    }
  }

  private void write(String text, double x, double top, Align align) {
    if (!text.isEmpty()) {
      double base = top + ASCENT * style.letters();
      marks.add(new Figure.Words(text, x, base, style.points(), align, false));
    }
  }

  private double row(Row row, double from) {
    List<List<String>> heads =
        row.cells().stream()
            .map(c -> letters.lines(c.heading(), style.points(), cell, HEADING_LINES))
            .toList();
    boolean headed = row.cells().stream().anyMatch(c -> !c.heading().isEmpty());
    double top = from;
    if (headed) {
      int most = heads.stream().mapToInt(List::size).max().orElse(0);
      for (int c = 0; c < heads.size(); c++) {
        heading(heads.get(c), c, from, most);
      }
      top += most * line + SPACE / 2;
    }
    double height = row.cells().stream().mapToDouble(c -> size(c, cell).height()).max().orElse(0);
    for (int c = 0; c < row.cells().size(); c++) {
      picture(row.cells().get(c), x(c), top, height);
    }
    label(row, top, height);
    double end = top + height;
    Optional<Scale> ofRow = bars.ofRow(row);
    if (ofRow.isPresent()) {
      double right = x(row.cells().size() - 1) + cell + GAP;
      marks.addAll(bars.standing(ofRow.get(), right, top, height));
    }
    if (bars.areOfMaps() && row.cells().stream().anyMatch(c -> c.scale().isPresent())) {
      for (int c = 0; c < row.cells().size(); c++) {
        double x = x(c);
        double y = end + SPACE / 2;
        row.cells().get(c).scale().ifPresent(s -> marks.addAll(bars.lying(s, x, y, cell)));
      }
      end += line + SPACE / 2;
    }
    if (row.cells().stream().anyMatch(c -> !c.note().isEmpty())) {
      int most = 0;
      for (int c = 0; c < row.cells().size(); c++) {
        List<String> note = note(row.cells().get(c));
        for (int i = 0; i < note.size(); i++) {
          write(note.get(i), x(c) + cell / 2, end + i * line, Align.MIDDLE);
        }
        most = Math.max(most, note.size());
      }
      end += most * line;
    }
    return end;
  }

  private List<String> note(Cell one) {
    return letters.lines(one.note(), style.points(), cell, NOTE_LINES);
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
    if (row.label().isEmpty()) {
      return;
    }
    List<String> lines = labels(row, cell);
    double first = left - SPACE - lines.size() * line;
    for (int i = 0; i < lines.size(); i++) {
      double base = first + i * line + ASCENT * style.letters();
      marks.add(
          new Figure.Words(
              lines.get(i), base, top + height / 2, style.points(), Align.MIDDLE, true));
    }
  }

  private double caption(double from) {
    if (table.caption().isBlank()) {
      return from;
    }
    double y = from + 2 * SPACE;
    double width = style.width() - 2 * EDGE;
    for (String text : letters.lines(table.caption(), style.points(), width, CAPTION_LINES)) {
      write(text, EDGE, y, Align.START);
      y += line;
    }
    return y;
  }
}
