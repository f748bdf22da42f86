package dev.picasso.image.figure;

import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.Scale;
import java.util.List;
import java.util.Optional;

/**
 * What a figure shows.
 *
 * @param columns what heads the columns, of one or more lines; none where cells have headings of
 *     their own
 * @param caption below the table; may be empty
 */
public record FigureTable(String title, List<String> columns, List<Row> rows, String caption) {
  public FigureTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * Pictures beside one another.
   *
   * @param label what stands before them; may be empty
   * @param notes what stands below them, from left to right
   */
  public record Row(String label, List<Cell> cells, List<Note> notes) {
    public Row {
      cells = List.copyOf(cells);
      notes = List.copyOf(notes);
    }

    /** A row without notes. */
    public Row(String label, List<Cell> cells) {
      this(label, cells, List.of());
    }
  }

  /**
   * One picture.
   *
   * @param heading above it, where columns have none; may be empty
   * @param scale what its colours mean; empty for a picture without one
   */
  public record Cell(Canvas picture, String heading, Optional<Scale> scale) {}

  /**
   * What stands below pictures, as their class's probability, of one or more lines; once where it
   * holds for several that are beside one another.
   *
   * @param first place of the first of them, from 0
   * @param last place of the last
   */
  public record Note(int first, int last, String text) {}

  /** The most pictures in a row. */
  public int width() {
    return rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
  }
}
