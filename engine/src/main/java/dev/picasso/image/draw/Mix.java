package dev.picasso.image.draw;

/** The colours of a picture's pixels, mixed with others; channels from 0 to 255. */
final class Mix {
  /** How much of the picture shows where the model sees nothing, or where it is masked. */
  private static final float DARK = .35f;

  private Mix() {}

  /**
   * A colour over a pixel.
   *
   * @param over its weight, 0 to 1; the picture has the rest
   * @param colour 0xRRGGBB, as is the result
   */
  static int with(float red, float green, float blue, float over, int colour) {
    float under = 1 - over;
    return Canvas.rgb(
        under * red + over * (colour >> 16 & 0xFF),
        under * green + over * (colour >> 8 & 0xFF),
        under * blue + over * (colour & 0xFF));
  }

  /** A pixel darkened. */
  static int dark(float red, float green, float blue) {
    return Canvas.rgb(DARK * red, DARK * green, DARK * blue);
  }

  /** A pixel darkened, without its colour. */
  static int darkGrey(float red, float green, float blue) {
    float light = .299f * red + .587f * green + .114f * blue;
    return Canvas.rgb(DARK * light, DARK * light, DARK * light);
  }
}
