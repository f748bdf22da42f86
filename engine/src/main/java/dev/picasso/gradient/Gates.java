package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.Arrays;

/**
 * Values that are 1 where a gradient passes and 0 where it does not, as the runtime has them fast.
 *
 * <p>Comparisons, Where and Sign would say it more plainly. But ONNX Runtime runs them slowly and
 * on one core, and outside of its layout for convolutions ({@link Blocks}). A hard sigmoid, max(0,
 * min(1, αy + β)), is the same step when it is steep enough, and behind a convolution it is part of
 * this. So the gate of an image is a convolution that only scales, with a steep hard sigmoid.
 */
final class Gates {
  /** Power of two, so that multiplying by it is exact. */
  private static final double STEEP = 0x1p100;

  /** The steepest that a float can say. */
  private static final double STEEPEST = 0x1p127;

  /** Times the steepest it makes a whole step of 2⁻¹⁴⁹, the smallest float there is. */
  private static final double SCALE = 0x1p22;

  /** Steep times this is still far from the largest float. */
  private static final double LARGEST = 0x1p24;

  /** Next to this floats are so far apart that a steep step is a whole one. */
  private static final double SMALLEST = 0x1p-60;

  private Gates() {}

  /** 1 where y > threshold, else 0. Only for {@link #fits} thresholds and types. */
  static Value above(GraphBuilder g, Value y, double threshold) {
    return threshold == 0
        ? above(g, Blocks.scaled(g, y, SCALE))
        : step(g, Blocks.enter(g, y), STEEP, -threshold * STEEP);
  }

  /** 1 where {@code y < threshold}, else 0. */
  static Value below(GraphBuilder g, Value y, double threshold) {
    return threshold == 0
        ? above(g, Blocks.scaled(g, y, -SCALE))
        : step(g, Blocks.enter(g, y), -STEEP, threshold * STEEP);
  }

  /**
   * 1 where {@code 0 < y < high}, else 0, for y that is never below zero. One gate instead of two:
   * high where y > 0, less y, is above zero there and nowhere else.
   */
  static Value between(GraphBuilder g, Value y, double high) {
    Value low = g.clip(Blocks.scaled(g, y, STEEPEST), 0, high);
    return step(g, g.add(Blocks.scaled(g, y, -1), low), STEEPEST, 0);
  }

  /**
   * Weighed sums of the pixels of windows, times {@link #SCALE}; of an image in blocks whose pixels
   * are below 2¹⁰⁵, beyond which that overflows.
   *
   * @param kernel rows of weights
   * @param places strides and pads
   */
  static Value sums(GraphBuilder g, Value x, double[][] kernel, Attributes places) {
    double[][] scaled =
        Arrays.stream(kernel)
            .map(row -> Arrays.stream(row).map(w -> w * SCALE).toArray())
            .toArray(double[][]::new);
    return Blocks.depthwise(g, x, scaled, places, 0);
  }

  /** 1 where a value times {@link #SCALE} is above zero, else 0, down to the smallest floats. */
  static Value above(GraphBuilder g, Value scaled) {
    return step(g, scaled, STEEPEST, 0);
  }

  /** 1 where a value times {@link #SCALE} is not below zero, else 0. */
  static Value notBelow(GraphBuilder g, Value scaled) {
    return step(g, scaled, STEEPEST, 1);
  }

  /** 1 where y ≥ 0, else 0; of floats in any layout. */
  static Value notBelowZero(GraphBuilder g, Value y) {
    return step(g, y, STEEP, 1);
  }

  /** Whether a step at that threshold is exact for values of this type. */
  static boolean fits(Value y, double threshold) {
    double size = Math.abs(threshold);
    return y.type() == DataType.FLOAT && size < LARGEST && (size == 0 || size > SMALLEST);
  }

  private static Value step(GraphBuilder g, Value y, double alpha, double beta) {
    return g.op("HardSigmoid", Attributes.of("alpha", (float) alpha).with("beta", (float) beta), y);
  }
}
