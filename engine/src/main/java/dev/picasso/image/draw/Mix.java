package dev.picasso.image.draw;

import dev.picasso.image.Picture;

/** The colours of a picture's pixels, mixed with others. All are 0xRRGGBB. */
record Mix(Picture picture) {
  /** How much of the picture shows where the model sees nothing, or where it is masked. */
  private static final float DARK = .35f;

  /**
   * A colour over a pixel.
   *
   * @param over its weight, 0 to 1; the picture has the rest
   */
  int with(int x, int y, float over, int colour) {
    float under = 1 - over;
    return Canvas.rgb(
        under * picture.sample(x, y, 0) + over * (colour >> 16 & 0xFF),
        under * picture.sample(x, y, 1) + over * (colour >> 8 & 0xFF),
        under * picture.sample(x, y, 2) + over * (colour & 0xFF));
  }

  /** A pixel as it is. */
  int plain(int x, int y) {
    return with(x, y, 0, 0);
  }

  /** A pixel darkened. */
  int dark(int x, int y) {
    return with(x, y, 1 - DARK, 0);
  }

  /** A pixel darkened, without its colour. */
  int darkGrey(int x, int y) {
    float light =
        .299f * picture.sample(x, y, 0)
            + .587f * picture.sample(x, y, 1)
            + .114f * picture.sample(x, y, 2);
    return Canvas.rgb(DARK * light, DARK * light, DARK * light);
  }
}
