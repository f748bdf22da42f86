package dev.picasso.image.segments;

import java.util.ArrayList;
import java.util.List;

/**
 * A mask as COCO counts it: from top to bottom and then from left to right, how many pixels are
 * out, then in, then out, and so on. The first count may be zero.
 */
final class RunLengths {
  private final List<Integer> counts = new ArrayList<>();
  private boolean in;
  private int length;

  private RunLengths() {}

  static List<Integer> of(Mask mask) {
    RunLengths lengths = new RunLengths();
    var box = mask.bounds();
    int right = box.left() + box.width();
    int bottom = box.top() + box.height();
    lengths.add(false, box.left() * mask.height());
    for (int x = box.left(); x < right; x++) {
      lengths.add(false, box.top());
      for (int y = box.top(); y < bottom; y++) {
        lengths.add(mask.has(x, y), 1);
      }
      lengths.add(false, mask.height() - bottom);
    }
    lengths.add(false, (mask.width() - right) * mask.height());
    lengths.counts.add(lengths.length);
    return lengths.counts;
  }

  private void add(boolean isIn, int pixels) {
    if (pixels > 0 && isIn != in) {
      counts.add(length);
      length = 0;
      in = isIn;
    }
    length += pixels;
  }
}
