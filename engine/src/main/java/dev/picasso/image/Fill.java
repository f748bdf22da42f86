package dev.picasso.image;

import java.util.Random;
import java.util.function.IntToDoubleFunction;

/** What is put in the place of a part of a picture, to see what a model answers without it. */
public sealed interface Fill {
  /**
   * A picture of the same size and channels, of which parts cover the same parts of the given one
   * ({@link Picture#covered(Window, Picture)}).
   */
  Picture cover(Picture picture);

  /**
   * One grey, in the fourth channel too.
   *
   * @param level 0 is black, 255 white
   */
  record Grey(float level) implements Fill {
    @Override
    public Picture cover(Picture picture) {
      return filled(picture, i -> level);
    }
  }

  /** The picture's own mean, one number a channel. */
  record Mean() implements Fill {
    @Override
    public Picture cover(Picture picture) {
      int pixels = picture.width() * picture.height();
      float[] mean = new float[channels(picture)];
      for (int c = 0; c < mean.length; c++) {
        double sum = 0;
        for (int i = 0; i < pixels; i++) {
          sum += picture.sample(i, c);
        }
        mean[c] = (float) (sum / pixels);
      }
      return filled(picture, i -> mean[i % mean.length]);
    }
  }

  /**
   * The picture blurred, so that colours stay and shapes go.
   *
   * @param share the standard deviation as a share of the shorter side
   */
  record Blur(double share) implements Fill {
    /** Eleven pixels of 224, which leaves nothing of a face. */
    public static final Blur STRONG = new Blur(.05);

    @Override
    public Picture cover(Picture picture) {
      double side = Math.min(picture.width(), picture.height());
      return GaussianBlur.of(share * side).of(picture);
    }
  }

  /**
   * Noise of the picture's own colours: every pixel is one of the picture's, drawn at random. The
   * same seed gives the same noise.
   */
  record Noise(long seed) implements Fill {
    @Override
    public Picture cover(Picture picture) {
      // Not a faster generator: of this one every Java gives the same numbers.
      Random random = new Random(seed);
      int channels = channels(picture);
      int pixels = picture.width() * picture.height();
      int[] drawn = random.ints(pixels, 0, pixels).toArray();
      return filled(picture, i -> picture.sample(drawn[i / channels], i % channels));
    }
  }

  private static int channels(Picture picture) {
    return picture.hasFourth() ? 4 : 3;
  }

  /** A picture of these samples, counted pixel by pixel. */
  private static Picture filled(Picture picture, IntToDoubleFunction sample) {
    int channels = channels(picture);
    float[] out = new float[channels * picture.width() * picture.height()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) sample.applyAsDouble(i);
    }
    return Picture.of(picture.width(), picture.height(), channels, out, false);
  }
}
