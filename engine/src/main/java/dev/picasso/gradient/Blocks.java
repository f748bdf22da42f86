package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.Optional;

/**
 * ONNX Runtime's layout for convolutions, in blocks of 8 or 16 channels. Convolutions make and read
 * it; sums and products of values that both have it keep it. One value without it is enough for all
 * sums and products behind it to be copied out of the blocks and back before every convolution, so
 * what other operators make is led through a convolution that changes nothing.
 */
final class Blocks {
  /** Depthwise convolutions need whole blocks. */
  private static final int CHANNELS = 16;

  private Blocks() {}

  /** Whether an image can be in blocks. */
  static boolean fit(Value x) {
    return x.type() == DataType.FLOAT && x.rank() == 4 && x.dim(1) > 0 && x.dim(1) % CHANNELS == 0;
  }

  /** The same values, in blocks where they can be. */
  static Value enter(GraphBuilder g, Value x) {
    return fit(x) ? depthwise(g, x, 1) : x;
  }

  /** The values times a factor, in blocks where they can be. */
  static Value scaled(GraphBuilder g, Value x, double factor) {
    return fit(x) ? depthwise(g, x, factor) : g.mul(x, factor);
  }

  private static Value depthwise(GraphBuilder g, Value x, double factor) {
    return depthwise(g, x, new double[][] {{factor}}, Attributes.none(), 0);
  }

  /**
   * Weighed sums over a window, the same for each channel.
   *
   * @param kernel rows of weights
   * @param places strides and pads
   */
  static Value depthwise(
      GraphBuilder g, Value x, double[][] kernel, Attributes places, double bias) {
    int channels = (int) x.dim(1);
    int height = kernel.length;
    int width = kernel[0].length;
    float[] weights = new float[channels * height * width];
    for (int i = 0; i < weights.length; i++) {
      int at = i % (height * width);
      weights[i] = (float) kernel[at / width][at % width];
    }
    float[] biases = new float[channels];
    Arrays.fill(biases, (float) bias);
    return g.conv(
        x,
        g.constant(Tensor.of(weights, channels, 1, height, width)),
        bias == 0 ? Optional.empty() : Optional.of(g.constant(Tensor.of(biases, channels))),
        places.with("group", channels).with("kernel_shape", new long[] {height, width}));
  }
}
