package dev.picasso.image.decode;

/** How a stored picture is to be turned to stand upright, in the order of EXIF's values 1 to 8. */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  TURNED_ROUND(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  TURNED_RIGHT(true, true, false),
  TRANSVERSE(true, true, true),
  TURNED_LEFT(true, false, true);

  private final boolean swapped;
  private final boolean fromRight;
  private final boolean fromBelow;

  /**
   * @param swapped whether rows of the file are columns of the picture; the others are said of the
   *     picture after that
   */
  Orientation(boolean swapped, boolean fromRight, boolean fromBelow) {
    this.swapped = swapped;
    this.fromRight = fromRight;
    this.fromBelow = fromBelow;
  }

  /** The orientation of an EXIF value; upright for values that mean nothing. */
  static Orientation ofExif(int value) {
    return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
  }

  int width(int storedWidth, int storedHeight) {
    return swapped ? storedHeight : storedWidth;
  }

  int height(int storedWidth, int storedHeight) {
    return swapped ? storedWidth : storedHeight;
  }

  /** The index, row by row, of a stored pixel in the upright picture. */
  int index(int x, int y, int storedWidth, int storedHeight) {
    int width = width(storedWidth, storedHeight);
    int column = swapped ? y : x;
    int row = swapped ? x : y;
    column = fromRight ? width - 1 - column : column;
    row = fromBelow ? height(storedWidth, storedHeight) - 1 - row : row;
    return row * width + column;
  }
}
