package dev.picasso.belief;

import dev.picasso.image.GaussianBlur;
import dev.picasso.model.InputSpec;

/**
 * Deletion and insertion as the authors of RISE measured them: single pixels, as many a step as the
 * input is wide (224 of 224²), zero as fed in the place of deleted ones, and insertion into the
 * image convolved with a Gaussian of 11 × 11 pixels and standard deviation 5. Petsiuk et al. 2018,
 * arXiv 1806.07421, and their program.
 */
final class RiseProtocol {
  private static final int KERNEL = 11;
  private static final int MIDDLE = KERNEL / 2;

  private RiseProtocol() {}

  static Blocks blocks(InputSpec input) {
    return new Blocks(input.width(), input.height(), 1);
  }

  static int[] counts(InputSpec input) {
    return RemovalCurves.counts(input.width() * input.height(), input.height(), input.width());
  }

  static Filling deletion(InputSpec input, float[] image) {
    return new Cover(input, image, new float[image.length]);
  }

  static Filling insertion(InputSpec input, float[] image) {
    return new Cover(input, image, blurred(input, image));
  }

  /** Beyond the edge are zeros, so that the image darkens, or greys, towards it. */
  private static float[] blurred(InputSpec input, float[] image) {
    double[] kernel = kernel();
    double[][] planes = Substrate.planes(input, image);
    float[] out = new float[image.length];
    for (int c = 0; c < planes.length; c++) {
      double[] across = convolved(planes[c], kernel, input, true);
      double[] both = convolved(across, kernel, input, false);
      for (int i = 0; i < both.length; i++) {
        out[i * input.pixelStride() + c * input.channelStride()] = (float) both[i];
      }
    }
    return out;
  }

  /** One axis of theirs: a peak blurred within eleven pixels, mirrored at their edges. */
  private static double[] kernel() {
    double[] peak = new double[KERNEL];
    peak[MIDDLE] = 1;
    GaussianBlur.of(5).blur(peak, 1, KERNEL);
    return peak;
  }

  private static double[] convolved(
      double[] plane, double[] kernel, InputSpec input, boolean across) {
    int width = input.width();
    int length = across ? width : input.height();
    int stride = across ? 1 : width;
    double[] out = new double[plane.length];
    for (int i = 0; i < plane.length; i++) {
      int place = across ? i % width : i / width;
      int from = Math.max(-MIDDLE, -place);
      int to = Math.min(MIDDLE, length - 1 - place);
      for (int k = from; k <= to; k++) {
        out[i] += kernel[k + MIDDLE] * plane[i + k * stride];
      }
    }
    return out;
  }
}
