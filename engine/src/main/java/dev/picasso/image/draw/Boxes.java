package dev.picasso.image.draw;

import dev.picasso.image.Window;
import dev.picasso.image.segments.Island;
import java.awt.image.BufferedImage;

/** Boxes around the parts of a picture in which a map is strong. */
final class Boxes {
  private Boxes() {}

  /** Draws on a picture, and returns it. */
  static BufferedImage drawOver(BufferedImage image, Strong strong, Scale scale) {
    int colour = scale.rgb((float) scale.high());
    int width = (int) Math.round(Line.width(image));
    int edge = (int) Math.ceil(Line.edge(image));
    for (Island island : strong.islands()) {
      frame(image, island.box(), width + edge, Line.edgeOf(colour));
      frame(image, island.box(), width, colour);
    }
    return image;
  }

  /** The frame lies around the box, or as much of it as the picture has place for. */
  private static void frame(BufferedImage image, Window box, int width, int colour) {
    Window outer =
        new Window(
            box.left() - width,
            box.top() - width,
            box.width() + 2 * width,
            box.height() + 2 * width);
    int left = Math.max(outer.left(), 0);
    int top = Math.max(outer.top(), 0);
    int right = Math.min(outer.left() + outer.width(), image.getWidth());
    int bottom = Math.min(outer.top() + outer.height(), image.getHeight());
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        boolean inside =
            x >= Math.max(box.left(), left + width)
                && x < Math.min(box.left() + box.width(), right - width)
                && y >= Math.max(box.top(), top + width)
                && y < Math.min(box.top() + box.height(), bottom - width);
        if (!inside) {
          image.setRGB(x, y, 0xFF000000 | colour);
        }
      }
    }
  }
}
