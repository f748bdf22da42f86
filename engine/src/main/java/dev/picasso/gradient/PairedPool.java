package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The gradient of a max pooling over windows of 2×2 pixels side by side, in the runtime's blocks.
 * The pooling that tells places is no blocked one and slow. But which of two pixels is the larger
 * is the sign of their difference, which a convolution computes: of the two rows of a window, by
 * their maxima, and of the two pixels of a row. Of equal ones the first gets the gradient, as
 * there.
 */
final class PairedPool {
  private PairedPool() {}

  /** Whether this does for an image and these windows, if they are all of the image. */
  static boolean fits(Windows windows, Value x) {
    return Blocks.fit(x)
        && Phases.fit(x.shape())
        && windows.tile()
        && windows.kernel()[0] == 2
        && windows.kernel()[1] == 2;
  }

  static Value gradient(GraphBuilder g, Value x, Value dy) {
    Attributes pairs =
        Attributes.of("kernel_shape", new long[] {1, 2}).with("strides", new long[] {1, 2});
    Value rows = g.op("MaxPool", pairs, x);
    List<Value> parts = new ArrayList<>();
    for (int row = 0; row < 2; row++) {
      Value ofRow = g.mul(dy, row == 0 ? first(g, rows, 2, 1, 1, -1) : later(g, rows, 2, 1, -1, 1));
      float up = 1 - row;
      float down = row;
      parts.add(g.mul(ofRow, first(g, x, 2, 2, up, -up, down, -down)));
      parts.add(g.mul(ofRow, later(g, x, 2, 2, -up, up, -down, down)));
    }
    return Blocks.enter(g, new Phases(2, 2, parts).whole(g, x.shape()));
  }

  /** 1 where the difference is not below zero. */
  private static Value first(GraphBuilder g, Value x, int height, int width, float... kernel) {
    return Gates.notBelow(g, differences(g, x, height, width, kernel));
  }

  /** 1 where the difference is above zero. */
  private static Value later(GraphBuilder g, Value x, int height, int width, float... kernel) {
    return Gates.above(g, differences(g, x, height, width, kernel));
  }

  /** Sums of the pixels of each window, weighed, times {@link Gates#SCALE}. */
  private static Value differences(
      GraphBuilder g, Value x, int height, int width, float... kernel) {
    int channels = (int) x.dim(1);
    float[] weights = new float[channels * kernel.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (kernel[i % kernel.length] * Gates.SCALE);
    }
    return g.conv(
        x,
        g.constant(Tensor.of(weights, channels, 1, height, width)),
        Optional.empty(),
        Attributes.of("group", channels)
            .with("kernel_shape", new long[] {height, width})
            .with("strides", new long[] {height, width}));
  }
}
