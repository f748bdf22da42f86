package dev.picasso.image;

/** A picture without its colours. Whole numbers stay whole, by Pillow's rounding. */
record GreySource(PixelSource picture) implements PixelSource {
  @Override
  public int width() {
    return picture.width();
  }

  @Override
  public int height() {
    return picture.height();
  }

  @Override
  public boolean eightBit() {
    return picture.eightBit();
  }

  @Override
  public void row(int y, float[] into) {
    picture.row(y, into);
    for (int i = 0; i < 3 * width(); i += 3) {
      float grey =
          eightBit()
              ? wholeGrey((int) into[i], (int) into[i + 1], (int) into[i + 2])
              : ColourMode.grey(into[i], into[i + 1], into[i + 2]);
      into[i] = grey;
      into[i + 1] = grey;
      into[i + 2] = grey;
    }
  }

  /** The weights .299, .587 and .114 in 65536ths, rounded half up. */
  private static int wholeGrey(int red, int green, int blue) {
    return (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16;
  }
}
