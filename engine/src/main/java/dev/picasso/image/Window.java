package dev.picasso.image;

/** A rectangle of whole pixels. It may reach beyond the picture. */
public record Window(int left, int top, int width, int height) {
  public Window {
    if (width < 0 || height < 0) {
      throw new IllegalArgumentException("a window of %d × %d pixels".formatted(width, height));
    }
  }

  /** The part inside a picture of that size; empty if there is none. */
  public Window clippedTo(int pictureWidth, int pictureHeight) {
    int x0 = Math.min(Math.max(left, 0), pictureWidth);
    int y0 = Math.min(Math.max(top, 0), pictureHeight);
    int x1 = (int) Math.min(Math.max((long) left + width, x0), pictureWidth);
    int y1 = (int) Math.min(Math.max((long) top + height, y0), pictureHeight);
    return new Window(x0, y0, x1 - x0, y1 - y0);
  }
}
