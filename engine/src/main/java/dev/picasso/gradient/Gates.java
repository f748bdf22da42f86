package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.Optional;

/**
 * Values that are 1 where a gradient passes and 0 where it does not, as the runtime has them fast.
 *
 * <p>Comparisons, Where and Sign would say it more plainly. But ONNX Runtime runs them slowly and
 * on one core, and outside of its blocked layout for convolutions, so that activations and
 * gradients are copied out of that layout and back at every rectifier. A hard sigmoid, max(0,
 * min(1, αy + β)), is the same step when it is steep enough, and behind a convolution it is part of
 * this. So the gate of an image is a depthwise convolution that changes nothing, with a steep hard
 * sigmoid. That took a third off a saliency map of MobileNetV2; {@code benchmarks/} measures it.
 */
final class Gates {
  /** Power of two, so that multiplying by it is exact; what lies below 2⁻¹⁰⁰ counts partly. */
  private static final double STEEP = 0x1p100;

  /** Steep times this is still far from the largest float. */
  private static final double LARGEST = 0x1p24;

  /** Blocks of the layout have 8 or 16 channels; depthwise convolutions need whole ones. */
  private static final int BLOCK = 16;

  private Gates() {}

  /** 1 where y > threshold, else 0. Only for {@link #fits} thresholds and types. */
  static Value above(GraphBuilder g, Value y, double threshold) {
    return step(g, y, STEEP, -threshold * STEEP);
  }

  /** 1 where y < threshold, else 0. */
  static Value below(GraphBuilder g, Value y, double threshold) {
    return step(g, y, -STEEP, threshold * STEEP);
  }

  /** Whether a step at that threshold is exact for values of this type. */
  static boolean fits(Value y, double threshold) {
    return y.type() == DataType.FLOAT && Math.abs(threshold) < LARGEST;
  }

  private static Value step(GraphBuilder g, Value y, double alpha, double beta) {
    Attributes slope = Attributes.of("alpha", (float) alpha).with("beta", (float) beta);
    return g.op("HardSigmoid", slope, isBlocked(y) ? unchanged(g, y) : y);
  }

  private static boolean isBlocked(Value y) {
    return y.rank() == 4 && y.dim(1) > 0 && y.dim(1) % BLOCK == 0;
  }

  private static Value unchanged(GraphBuilder g, Value y) {
    int channels = (int) y.dim(1);
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    return g.conv(
        y,
        g.constant(Tensor.of(ones, channels, 1, 1, 1)),
        Optional.empty(),
        Attributes.of("group", channels).with("kernel_shape", new long[] {1, 1}));
  }
}
