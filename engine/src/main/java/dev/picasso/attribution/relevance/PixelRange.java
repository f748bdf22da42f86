package dev.picasso.attribution.relevance;

import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.graph.Tensor;
import dev.picasso.model.InputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The smallest and largest value that a pixel may have as it is fed, by channel or one for all.
 *
 * @param low of each channel
 * @param high of each channel
 */
record PixelRange(List<Float> low, List<Float> high) {
  /** Where nothing is known of the pixels. */
  static final PixelRange UNKNOWN = new PixelRange(List.of(), List.of());

  /** Where any will do. */
  static final PixelRange ANY = new PixelRange(List.of(0f), List.of(1f));

  PixelRange {
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  /** From black to white where it is known how they are fed; else what the images have. */
  static PixelRange of(Explainer model, Images x) {
    if (x.preprocessor().isEmpty() || model.model().input().isEmpty()) {
      return ofNumbers(x.distinct());
    }
    InputSpec input = model.imageInput();
    float[] black = x.grey(input, 0).floats();
    float[] white = x.grey(input, 255).floats();
    List<Float> low = new ArrayList<>();
    List<Float> high = new ArrayList<>();
    for (int c = 0; c < input.channels(); c++) {
      int at = c * input.channelStride();
      low.add(Math.min(black[at], white[at]));
      high.add(Math.max(black[at], white[at]));
    }
    return new PixelRange(low, high);
  }

  private static PixelRange ofNumbers(Tensor x) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : x.floats()) {
      if (!Float.isFinite(value)) {
        throw new InapplicableException("The input holds numbers that are not finite.");
      }
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return new PixelRange(List.of(low), List.of(high));
  }
}
