package dev.picasso.image;

import dev.picasso.PicassoException;
import java.util.Arrays;

/** Boxes in a picture as people write them: left, top, width, height, in its pixels. */
public final class Boxes {
  private static final long FARTHEST = 1 << 29;

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

  /**
   * A box of one picture at the same place of another one, whatever the sizes of both; at least one
   * pixel.
   *
   * @param width of the picture that the box is in
   */
  public static Window in(Window box, int width, int height, PixelSource other) {
    double across = (double) other.width() / width;
    double down = (double) other.height() / height;
    int left = (int) Math.min(other.width() - 1L, Math.round(box.left() * across));
    int top = (int) Math.min(other.height() - 1L, Math.round(box.top() * down));
    long right = Math.round((box.left() + (double) box.width()) * across);
    long bottom = Math.round((box.top() + (double) box.height()) * down);
    return new Window(
        left,
        top,
        (int) Math.max(1, Math.min(other.width(), right) - left),
        (int) Math.max(1, Math.min(other.height(), bottom) - top));
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
    Window whole = inInput(box, frame);
    Window seen = whole.clippedTo(frame.width(), frame.height());
    return isSeen(box, frame) ? seen : new Window(0, 0, 0, 0);
  }

  private static boolean isSeen(Window box, Frame frame) {
    return frame.modelX(box.left() + (double) box.width()) > 0
        && frame.modelY(box.top() + (double) box.height()) > 0
        && frame.modelX(box.left()) < frame.width()
        && frame.modelY(box.top()) < frame.height();
  }

  /**
   * The same with what lies beyond the model's input; at least one pixel of a box that the model
   * sees lies in it.
   */
  public static Window inInput(Window box, Frame frame) {
    int left = edge(Math.min(frame.modelX(box.left()), frame.width() - 1.));
    int top = edge(Math.min(frame.modelY(box.top()), frame.height() - 1.));
    int right = edge(Math.max(frame.modelX(box.left() + (double) box.width()), 1));
    int bottom = edge(Math.max(frame.modelY(box.top() + (double) box.height()), 1));
    return new Window(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  }

  /** Far beyond any input, and short of what two of them take to overflow. */
  private static int edge(double place) {
    return (int) Math.max(-FARTHEST, Math.min(FARTHEST, Math.round(place)));
  }
}
