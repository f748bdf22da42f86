package dev.picasso.image;

/** What a filter meets beyond the edge of a picture. In brackets what SciPy calls it. */
public enum Border {
  /** The picture mirrored at its edge, the outermost pixel twice: d c b a | a b c d (reflect). */
  REFLECT,
  /** The outermost pixel again and again (nearest). */
  NEAREST,
  /** Zeros (constant). */
  ZERO;

  /** The place that stands for place i of an axis, which may lie outside; −1 for a zero. */
  int inside(int i, int size) {
    if (i >= 0 && i < size) {
      return i;
    }
    return switch (this) {
      case REFLECT -> {
        int place = Math.floorMod(i, 2 * size);
        yield place < size ? place : 2 * size - 1 - place;
      }
      case NEAREST -> i < 0 ? 0 : size - 1;
      case ZERO -> -1;
    };
  }
}
