package dev.picasso.belief;

import dev.picasso.model.InputSpec;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/**
 * Noisy linear imputation: each pixel that is taken out becomes the weighted mean of its eight
 * neighbours, those beside it with 1/6 and those at its corners with 1/12, and a little noise is
 * added, so that no smooth patch tells what was taken out. Beyond the edge there are no neighbours.
 * Rong et al. 2022, arXiv 2202.00449, section 4.2.
 *
 * <p>The means depend on one another: they are one system of linear equations, symmetric and
 * positive definite, and solved by conjugate gradients from a coarse guess. Where all pixels are
 * taken out there is nothing to go by, and the image's mean is taken.
 */
final class NeighbourFilling implements Filling {
  /** The standard deviation of the noise as a share of the image's; ROAD's own for images of 1. */
  private static final double NOISE = .01;

  private final InputSpec input;
  private final float[] image;
  private final double[][] planes;
  private final double[][] noise;

  private NeighbourFilling(InputSpec input, float[] image, double[][] planes, double[][] noise) {
    this.input = input;
    this.image = image;
    this.planes = planes;
    this.noise = noise;
  }

  /** Each pixel has noise of its own, whatever else is taken out. */
  static NeighbourFilling of(InputSpec input, float[] image, long seed) {
    return of(input, image, NOISE, seed);
  }

  static NeighbourFilling of(InputSpec input, float[] image, double noisy, long seed) {
    // Not a faster generator: of this one every Java gives the same numbers.
    Random random = new Random(seed);
    double[][] planes = Substrate.planes(input, image);
    double deviation = noisy * deviation(image);
    double[][] noise = new double[planes.length][planes[0].length];
    for (double[] plane : noise) {
      Arrays.setAll(plane, i -> deviation * random.nextGaussian());
    }
    return new NeighbourFilling(input, image, planes, noise);
  }

  private static double deviation(float[] image) {
    double sum = 0;
    double squares = 0;
    for (float value : image) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / image.length;
    return Math.sqrt(Math.max(0, squares / image.length - mean * mean));
  }

  @Override
  public float[] without(BitSet removed) {
    float[] out = image.clone();
    if (removed.isEmpty()) {
      return out;
    }
    Neighbours neighbours = new Neighbours(input.width(), input.height(), removed);
    for (int c = 0; c < planes.length; c++) {
      double[] filled = neighbours.filled(planes[c]);
      for (int i = removed.nextSetBit(0); i >= 0; i = removed.nextSetBit(i + 1)) {
        out[i * input.pixelStride() + c * input.channelStride()] =
            (float) (filled[i] + noise[c][i]);
      }
    }
    return out;
  }
}
