package dev.picasso.image;

import dev.picasso.PicassoException;
import java.util.Arrays;

/** Boxes in a picture as people write them: left, top, width, height, in its pixels. */
public final class Boxes {
  private Boxes() {}

  /**
   * Reads a box.
   *
   * @throws PicassoException if it is none, or empty
   */
  public static Window parse(String text) {
    int[] box;
    try {
      box =
          Arrays.stream(text.split(",", -1))
              .map(String::strip)
              .mapToInt(Integer::parseInt)
              .toArray();
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
    if (box.length != 4 || box[0] < 0 || box[1] < 0 || box[2] < 1 || box[3] < 1) {
      throw wrong(text);
    }
    return new Window(box[0], box[1], box[2], box[3]);
  }

  private static PicassoException wrong(String text) {
    return new PicassoException(
        "'"
            + (text.length() > 60 ? text.substring(0, 60) + "…" : text)
            + "' is no box; write left,"
            + " top, width and height in pixels of the picture, as in 20,30,100,80.");
  }

  /**
   * Refuses a box that reaches beyond a picture.
   *
   * @param name of the picture
   * @throws PicassoException if it does
   */
  public static void requireInside(Window box, String name, int width, int height) {
    long right = (long) box.left() + box.width();
    long bottom = (long) box.top() + box.height();
    if (right > width || bottom > height) {
      throw new PicassoException(
          "The box ends at %d, %d; %s has %d × %d pixels."
              .formatted(right, bottom, name, width, height));
    }
  }

  /** A box as people write it. */
  public static String words(Window box) {
    return "%d,%d,%d,%d".formatted(box.left(), box.top(), box.width(), box.height());
  }

  /**
   * The pixels of a model's input that a box of the picture is nearest to; at least one, unless the
   * model sees nothing of it.
   *
   * @return within the input; empty where the model does not see it
   */
  public static Window seen(Window box, Frame frame) {
    double left = frame.modelX(box.left());
    double top = frame.modelY(box.top());
    double right = frame.modelX(box.left() + (double) box.width());
    double bottom = frame.modelY(box.top() + (double) box.height());
    if (right <= 0 || bottom <= 0 || left >= frame.width() || top >= frame.height()) {
      return new Window(0, 0, 0, 0);
    }
    int x = first(left, frame.width());
    int y = first(top, frame.height());
    int width = Math.max(1, (int) Math.min(frame.width(), Math.round(right)) - x);
    int height = Math.max(1, (int) Math.min(frame.height(), Math.round(bottom)) - y);
    return new Window(x, y, width, height);
  }

  private static int first(double edge, int size) {
    return (int) Math.max(0, Math.min(size - 1L, Math.round(edge)));
  }
}
