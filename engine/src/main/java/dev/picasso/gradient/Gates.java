package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/**
 * Values that are 1 where a gradient passes and 0 where it does not, as the runtime has them fast.
 *
 * <p>Comparisons, Where and Sign would say it more plainly. But ONNX Runtime runs them slowly and
 * on one core, and outside of its layout for convolutions ({@link Blocks}). A hard sigmoid, max(0,
 * min(1, αy + β)), is the same step when it is steep enough, and behind a convolution it is part of
 * this. So the gate of an image is a convolution that changes nothing, with a steep hard sigmoid.
 */
final class Gates {
  /** Power of two, so that multiplying by it is exact; what lies below 2⁻¹⁰⁰ counts partly. */
  private static final double STEEP = 0x1p100;

  /** Steep times this is still far from the largest float. */
  private static final double LARGEST = 0x1p24;

  private Gates() {}

  /** 1 where y > threshold, else 0. Only for {@link #fits} thresholds and types. */
  static Value above(GraphBuilder g, Value y, double threshold) {
    return step(g, y, STEEP, -threshold * STEEP);
  }

  /** 1 where {@code y < threshold}, else 0. */
  static Value below(GraphBuilder g, Value y, double threshold) {
    return step(g, y, -STEEP, threshold * STEEP);
  }

  /** 1 where y ≥ 0, else 0; of floats in any layout. */
  static Value notBelowZero(GraphBuilder g, Value y) {
    return g.op("HardSigmoid", Attributes.of("alpha", (float) STEEP).with("beta", 1f), y);
  }

  /** Whether a step at that threshold is exact for values of this type. */
  static boolean fits(Value y, double threshold) {
    return y.type() == DataType.FLOAT && Math.abs(threshold) < LARGEST;
  }

  private static Value step(GraphBuilder g, Value y, double alpha, double beta) {
    Attributes slope = Attributes.of("alpha", (float) alpha).with("beta", (float) beta);
    return g.op("HardSigmoid", slope, Blocks.enter(g, y));
  }
}
