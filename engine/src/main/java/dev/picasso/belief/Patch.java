package dev.picasso.belief;

import dev.picasso.image.Picture;
import dev.picasso.image.Window;
import java.util.Random;

/**
 * A patch that is laid on a picture, drawn from a seed: the same seed gives the same patch at the
 * same place.
 *
 * @param kind what it is, for people
 * @param where it lies, inside the picture
 * @param planted the picture with it
 */
record Patch(String kind, Window where, Picture planted) {
  /** Kinds of patches, one after another. */
  private enum Kind {
    SQUARE("a square of one colour"),
    STRIPES("stripes"),
    CHECKS("checks"),
    DOTS("dots"),
    NOISE("coloured noise"),
    SMOOTH("a smooth change of colours"),
    PIECE("another piece of the picture");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** A colour for a place of the patch. */
  private interface Paint {
    float at(int x, int y, int channel);
  }

  /**
   * Draws one.
   *
   * @param index of it, for its kind
   * @param side of the square, in pixels
   */
  static Patch draw(Picture picture, int side, int index, long seed) {
    Random random = new Random(31 * seed + index);
    random.nextInt(); // the first numbers of neighbouring seeds are alike
    Kind kind = Kind.values()[index % Kind.values().length];
    int left = random.nextInt(picture.width() - side + 1);
    int top = random.nextInt(picture.height() - side + 1);
    Window where = new Window(left, top, side, side);
    Paint paint = paint(kind, picture, side, random);
    int channels = picture.hasFourth() ? 4 : 3;
    float[] samples = new float[channels * picture.width() * picture.height()];
    for (int i = 0; i < picture.width() * picture.height(); i++) {
      int x = i % picture.width();
      int y = i / picture.width();
      boolean in = x >= left && x < left + side && y >= top && y < top + side;
      for (int c = 0; c < channels; c++) {
        samples[channels * i + c] =
            in && c < 3 ? paint.at(x - left, y - top, c) : picture.sample(x, y, c);
      }
    }
    Picture planted =
        channels == 4
            ? Picture.ofFour(picture.width(), picture.height(), samples)
            : Picture.of(picture.width(), picture.height(), samples);
    return new Patch(kind.words, where, planted);
  }

  private static Paint paint(Kind kind, Picture picture, int side, Random random) {
    float[][] colours = {colour(random), colour(random), colour(random), colour(random)};
    int wide = 1 + random.nextInt(Math.max(1, side / 3));
    return switch (kind) {
      case SQUARE -> (x, y, c) -> colours[0][c];
      case STRIPES -> {
        boolean across = random.nextBoolean();
        boolean down = random.nextBoolean();
        yield (x, y, c) ->
            colours[Math.floorMod((across ? x : 0) + (down || !across ? y : 0), 2 * wide) / wide][
                c];
      }
      case CHECKS -> (x, y, c) -> colours[(x / wide + y / wide) % 2][c];
      case DOTS ->
          (x, y, c) -> {
            double beside = Math.hypot(x % (2 * wide) - wide + .5, y % (2 * wide) - wide + .5);
            return colours[beside < .7 * wide ? 0 : 1][c];
          };
      case NOISE -> {
        float[] noise = new float[3 * side * side];
        for (int i = 0; i < noise.length; i++) {
          noise[i] = 255 * random.nextFloat();
        }
        yield (x, y, c) -> noise[3 * (y * side + x) + c];
      }
      case SMOOTH ->
          (x, y, c) -> {
            float right = (x + .5f) / side;
            float down = (y + .5f) / side;
            float above = colours[0][c] + right * (colours[1][c] - colours[0][c]);
            float below = colours[2][c] + right * (colours[3][c] - colours[2][c]);
            return above + down * (below - above);
          };
      case PIECE -> {
        int left = random.nextInt(picture.width() - side + 1);
        int top = random.nextInt(picture.height() - side + 1);
        yield (x, y, c) -> picture.sample(left + x, top + y, c);
      }
    };
  }

  private static float[] colour(Random random) {
    float[] rgb = new float[3];
    for (int c = 0; c < 3; c++) {
      rgb[c] = 255 * Math.min(1, Math.max(0, 1.4f * random.nextFloat() - .2f));
    }
    return rgb;
  }
}
