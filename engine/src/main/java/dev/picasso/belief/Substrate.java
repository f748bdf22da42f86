package dev.picasso.belief;

import dev.picasso.attribution.Images;
import dev.picasso.image.GaussianBlur;
import dev.picasso.model.InputSpec;
import java.util.Arrays;

/** What stands in the place of pixels that are taken out of an image. */
public enum Substrate {
  /** Black, as a picture. */
  BLACK("black"),
  /** The number 0, as the model is fed with it. */
  ZERO("zero as fed"),
  /** The image's own mean, one number a channel. */
  MEAN("the picture's mean"),
  /** The image blurred by a Gaussian of a twentieth of the shorter side. */
  BLUR("the picture blurred"),
  /** What the pixels about them suggest, see {@link NeighbourFilling}. */
  ROAD("what the pixels around suggest (ROAD)");

  private static final double BLURRED = .05;

  private final String words;

  Substrate(String words) {
    this.words = words;
  }

  /** In words, as in "the picture blurred". */
  String words() {
    return words;
  }

  /**
   * Takes pixels out of the first of some images.
   *
   * @param seed of noise, where there is some
   * @throws dev.picasso.PicassoException if it is black that is wanted and it is not known how
   *     pictures become the model's input
   */
  public Filling of(InputSpec input, Images x, long seed) {
    float[] image = Altered.numbers(x);
    return switch (this) {
      case ZERO -> new Cover(input, image, new float[image.length]);
      case BLACK -> new Cover(input, image, x.grey(input, 0).floats());
      case MEAN -> new Cover(input, image, mean(input, image));
      case BLUR -> new Cover(input, image, blurred(input, image));
      case ROAD -> NeighbourFilling.of(input, image, seed);
    };
  }

  private static float[] mean(InputSpec input, float[] image) {
    int pixels = input.width() * input.height();
    float[] mean = new float[image.length];
    for (int c = 0; c < input.channels(); c++) {
      double sum = 0;
      for (int i = 0; i < pixels; i++) {
        sum += image[i * input.pixelStride() + c * input.channelStride()];
      }
      for (int i = 0; i < pixels; i++) {
        mean[i * input.pixelStride() + c * input.channelStride()] = (float) (sum / pixels);
      }
    }
    return mean;
  }

  private static float[] blurred(InputSpec input, float[] image) {
    double side = Math.min(input.width(), input.height());
    int inner = input.pixelStride();
    return GaussianBlur.of(BLURRED * side)
        .of(image, input.channels() / inner, input.height(), input.width(), inner);
  }

  /** The numbers of an image as a plane a channel, [C][H · W]. */
  static double[][] planes(InputSpec input, float[] image) {
    double[][] planes = new double[input.channels()][input.width() * input.height()];
    for (int c = 0; c < planes.length; c++) {
      int channel = c * input.channelStride();
      Arrays.setAll(planes[c], i -> image[i * input.pixelStride() + channel]);
    }
    return planes;
  }
}
