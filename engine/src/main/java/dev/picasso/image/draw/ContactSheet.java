package dev.picasso.image.draw;

import dev.picasso.PicassoException;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Many pictures on one: a row for each thing and a column for each other, such as methods and
 * photographs.
 *
 * @param cell the side of the square that each picture is fitted into, in pixels
 * @param columns what heads the columns, of one or more lines
 */
public record ContactSheet(int cell, List<String> columns, List<Row> rows) {
  private static final int LETTERS = 13;
  private static final int SPACE = 6;

  /** Room for what stands before the rows: as much as it takes, between these. */
  private static final int LEAST_LABEL = 150;

  private static final int MOST_LABEL = 360;
  private static final int WHITE = 0xFFFFFF;

  /** More pixels than screens and readers of images take. */
  private static final long LARGEST = 100_000_000;

  /**
   * Pictures beside one another.
   *
   * @param label what stands before them
   * @param pictures from the left; there may be fewer than columns
   */
  public record Row(String label, List<Canvas> pictures) {
    public Row {
      pictures = List.copyOf(pictures);
    }
  }

  public ContactSheet {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.pictures().size() > columns.size()) {
        throw new IllegalArgumentException(
            "%s has %d pictures for %d columns"
                .formatted(row.label(), row.pictures().size(), columns.size()));
      }
    }
  }

  /**
   * The sheet.
   *
   * @throws PicassoException if it is too large, or the machine has no fonts
   */
  public Canvas draw() {
    int head = lines() * (LETTERS + SPACE) + SPACE;
    int before = labels();
    long width = before + (long) columns.size() * (cell + SPACE) + SPACE;
    long height = head + (long) rows.size() * (cell + SPACE) + SPACE;
    if (width * height > LARGEST) {
      throw new PicassoException(
          "A contact sheet of %d × %d pixels is too large; take fewer rows or smaller cells."
              .formatted(width, height));
    }
    BufferedImage sheet = new BufferedImage((int) width, (int) height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        sheet.setRGB(x, y, WHITE);
      }
    }
    try (Lettering letters = Lettering.on(sheet, LETTERS)) {
      for (int c = 0; c < columns.size(); c++) {
        String[] lines = columns.get(c).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
          letters.write(
              letters.fitting(lines[i], cell), left(before, c), SPACE + i * (LETTERS + SPACE));
        }
      }
      for (int r = 0; r < rows.size(); r++) {
        String label = letters.fitting(rows.get(r).label(), before - 2 * SPACE);
        letters.write(label, SPACE, head + r * (cell + SPACE) + (cell - letters.height()) / 2);
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      List<Canvas> pictures = rows.get(r).pictures();
      for (int c = 0; c < pictures.size(); c++) {
        put(pictures.get(c), sheet, left(before, c), head + r * (cell + SPACE));
      }
    }
    return new Canvas(sheet);
  }

  private int lines() {
    return columns.stream().mapToInt(c -> c.split("\n", -1).length).max().orElse(1);
  }

  private int labels() {
    BufferedImage measured = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    try (Lettering letters = Lettering.on(measured, LETTERS)) {
      int longest = rows.stream().mapToInt(row -> letters.width(row.label())).max().orElse(0);
      return Math.max(LEAST_LABEL, Math.min(MOST_LABEL, longest + 2 * SPACE));
    }
  }

  private int left(int before, int column) {
    return before + column * (cell + SPACE);
  }

  /** A picture in the middle of its cell, on the white of the sheet. */
  private void put(Canvas picture, BufferedImage sheet, int left, int top) {
    BufferedImage fitted = picture.fitting(cell).image();
    int width = fitted.getWidth();
    int height = fitted.getHeight();
    var graphics = sheet.createGraphics();
    graphics.drawImage(fitted, left + (cell - width) / 2, top + (cell - height) / 2, null);
    graphics.dispose();
  }
}
