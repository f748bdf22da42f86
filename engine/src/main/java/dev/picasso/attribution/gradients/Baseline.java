package dev.picasso.attribution.gradients;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Sketch;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.image.Fill;
import dev.picasso.image.GaussianBlur;
import dev.picasso.image.Layout;
import dev.picasso.model.InputSpec;
import java.util.Locale;
import java.util.Random;

/** An image in which nothing is seen; what an image has more is what is explained. */
public enum Baseline {
  /** The number 0 as fed. Which colour that is, the preprocessing says: mostly grey or black. */
  ZERO,
  /** The picture black before preprocessing. */
  BLACK,
  /** The picture white before preprocessing. */
  WHITE,
  /** The image itself blurred, by a Gaussian of a twentieth of its shorter side. */
  BLUR,
  /** Noise between the image's least and largest number; the mean over several such images. */
  RANDOM;

  /** Images of noise that are averaged over. */
  private static final int DRAWS = 5;

  /** How many baselines there are for an image. */
  int count() {
    return this == RANDOM ? DRAWS : 1;
  }

  /**
   * The one that is the same for every image, of the shape and type of the input, [1, …].
   *
   * @throws InapplicableException if this baseline depends on the image
   */
  Tensor fixed(Explainer model, Images like) {
    if (this == BLUR || this == RANDOM) {
      throw new InapplicableException(
          "The baseline "
              + name().toLowerCase(Locale.ROOT)
              + " depends on the image, so that it cannot be part of a file; zero, black and white"
              + " can.");
    }
    Value input = model.model().graph().value(Sketch.explained(model.model()));
    return Tensor.of(of(model, like, 0, 0), input.shape().with(0, 1).dims()).as(input.type());
  }

  /**
   * A baseline for a row of images, all of its numbers as fed.
   *
   * @param draw which one, from 0; the same one is the same noise
   * @throws InapplicableException if the model takes no images that could be blurred
   * @throws dev.picasso.PicassoException if it is not known what black is to this model
   */
  float[] of(Explainer model, Images x, int row, int draw) {
    float[] image = x.row(row).floats();
    return switch (this) {
      case ZERO -> new float[image.length];
      case BLACK -> x.grey(model.imageInput(), 0).floats();
      case WHITE -> x.grey(model.imageInput(), 255).floats();
      case BLUR -> blurred(image, model);
      case RANDOM -> noise(image, new Random(draw));
    };
  }

  private static float[] blurred(float[] image, Explainer model) {
    InputSpec input = spatial(model);
    double sigma = Fill.Blur.STRONG.share() * Math.min(input.height(), input.width());
    boolean first = input.layout() == Layout.NCHW;
    int channels = input.channels();
    return GaussianBlur.of(sigma)
        .of(image, first ? channels : 1, input.height(), input.width(), first ? 1 : channels);
  }

  /** The input, for what needs neighbouring pixels. */
  static InputSpec spatial(Explainer model) {
    return model
        .model()
        .input()
        .orElseThrow(
            () ->
                new InapplicableException(
                    model.model().title() + " takes no images, so that there is nothing to blur."));
  }

  private static float[] noise(float[] image, Random random) {
    Extent extent = Extent.of(image);
    float[] noise = new float[image.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (extent.low() + extent.width() * random.nextDouble());
    }
    return noise;
  }
}
