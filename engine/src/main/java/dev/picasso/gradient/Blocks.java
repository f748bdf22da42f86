package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.graph.layout.ChannelBlocks;
import java.util.Arrays;
import java.util.Optional;

/** Convolutions that keep values in {@link ChannelBlocks}, each channel by itself. */
final class Blocks {
  private Blocks() {}

  /** Whether an image can be in blocks. */
  static boolean fit(Value x) {
    return ChannelBlocks.fit(x);
  }

  /** The same values, in blocks where they can be. */
  static Value enter(GraphBuilder g, Value x) {
    return ChannelBlocks.enter(g, x);
  }

  /**
   * One number for each channel over the rows and columns of an image, in blocks where it can be.
   *
   * @param narrow [N, C, 1, …]
   * @param image [N, C, …], whose batch may be unknown
   */
  static Value stretched(GraphBuilder g, Value narrow, Value image) {
    if (fit(narrow) && fit(image) && image.dim(2) > 0 && image.dim(3) > 0) {
      return ChannelBlocks.stretched(g, enter(g, narrow), image);
    }
    long[] dims = image.shape().dims();
    dims[0] = 1;
    dims[1] = 1;
    return g.expand(narrow, dims);
  }

  /** One minus the values, in blocks where they can be. */
  static Value oneMinus(GraphBuilder g, Value x) {
    return fit(x) ? depthwise(g, x, new double[][] {{-1}}, Attributes.none(), 1) : g.oneMinus(x);
  }

  /** The sum over rows and columns [N, C, 1, 1], for an image of known size that {@link #fit}s. */
  static Value sumOfPixels(GraphBuilder g, Value x) {
    return scaled(g, g.op("GlobalAveragePool", x), (double) x.dim(2) * x.dim(3));
  }

  /** The values times a factor, in blocks where they can be. */
  static Value scaled(GraphBuilder g, Value x, double factor) {
    return fit(x)
        ? depthwise(g, x, new double[][] {{factor}}, Attributes.none(), 0)
        : g.mul(x, factor);
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
