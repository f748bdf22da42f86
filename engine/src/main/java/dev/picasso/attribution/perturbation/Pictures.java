package dev.picasso.attribution.perturbation;

import dev.picasso.attribution.Batches;
import dev.picasso.attribution.Images;
import dev.picasso.graph.Tensor;
import dev.picasso.image.Picture;
import dev.picasso.model.InputSpec;

/** What an image looks like, for finding regions of one colour in it. */
final class Pictures {
  private Pictures() {}

  /**
   * One of the distinct images as a picture. Where it is not known how pictures become such arrays,
   * numbers from the least to the largest count as black to white.
   */
  static Picture of(Images x, int image, InputSpec input) {
    Tensor one = Batches.rows(x.distinct(), image, image + 1);
    return x.preprocessor()
        .map(p -> p.denormalize(one, 0))
        .orElseGet(() -> stretched(one.floats(), input));
  }

  /** An array seen as a picture of its first three channels, or of its first alone. */
  private static Picture stretched(float[] numbers, InputSpec input) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float number : numbers) {
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
    float factor = high > low ? 255 / (high - low) : 0;
    float[] rgb = new float[3 * input.width() * input.height()];
    for (int i = 0; i < rgb.length; i++) {
      int channel = input.channels() < 3 ? 0 : i % 3;
      int at = i / 3 * input.pixelStride() + channel * input.channelStride();
      rgb[i] = (numbers[at] - low) * factor;
    }
    return Picture.of(input.width(), input.height(), rgb);
  }
}
