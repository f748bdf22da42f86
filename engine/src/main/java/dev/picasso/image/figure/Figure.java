package dev.picasso.image.figure;

import dev.picasso.image.draw.Canvas;
import java.util.List;

/**
 * A finished figure: what lies where, in millimetres from the upper left corner, on white.
 *
 * @param title what it is called where a file can say so
 * @param marks none covers another
 */
public record Figure(double width, double height, String title, List<Mark> marks) {
  /** A point, the measure of letters, in millimetres. */
  public static final double POINT = 25.4 / 72;

  public Figure {
    marks = List.copyOf(marks);
  }

  /** Something that is drawn. */
  public sealed interface Mark permits Words, Image {}

  /** Where a text lies about its place. */
  public enum Align {
    START,
    MIDDLE,
    END
  }

  /**
   * A line of text in black.
   *
   * @param x of the place that it is aligned to
   * @param y of its base line
   * @param points size of the letters
   * @param turned whether it runs upwards; x and y are still those of its base line
   */
  public record Words(String text, double x, double y, double points, Align align, boolean turned)
      implements Mark {}

  /**
   * A picture that fills a box.
   *
   * @param crisp whether its pixels are shown as they are, as those of small pictures, and not
   *     smoothed
   */
  public record Image(
      Canvas picture, double x, double y, double width, double height, boolean crisp)
      implements Mark {}

  /** All texts. */
  public List<String> texts() {
    return marks.stream()
        .filter(Words.class::isInstance)
        .map(mark -> ((Words) mark).text())
        .toList();
  }
}
