package dev.picasso.gradient;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Rearranged convolution kernels, computed once when a gradient graph is built. */
final class Kernels {
  private Kernels() {}

  /**
   * The kernels of the transposed convolution: input and output channels exchanged within each
   * group, every window turned by 180°.
   *
   * @param w [M, C/groups, k1, …]
   * @return [C, M/groups, k1, …]
   */
  static Tensor transposed(Tensor w, int groups) {
    long[] dims = w.shape().dims();
    int perGroupOut = (int) (dims[0] / groups);
    int perGroupIn = (int) dims[1];
    int window = (int) (w.size() / dims[0] / dims[1]);
    FloatBuffer from = w.floatBuffer();
    ByteBuffer bytes = Tensor.allocate(w.size() * w.type().bytes());
    FloatBuffer to = bytes.asFloatBuffer();
    for (int group = 0; group < groups; group++) {
      for (int m = 0; m < perGroupOut; m++) {
        for (int c = 0; c < perGroupIn; c++) {
          int source = ((group * perGroupOut + m) * perGroupIn + c) * window;
          int target = ((group * perGroupIn + c) * perGroupOut + m) * window;
          for (int k = 0; k < window; k++) {
            to.put(target + window - 1 - k, from.get(source + k));
          }
        }
      }
    }
    long[] turned = dims.clone();
    turned[0] = (long) perGroupIn * groups;
    turned[1] = perGroupOut;
    return Tensor.of(w.type(), Shape.of(turned), bytes);
  }

  /**
   * Kernels of the same shape one after another, for a convolution that makes all their outputs.
   */
  static Tensor stacked(List<Tensor> kernels) {
    Shape one = kernels.get(0).shape();
    ByteBuffer bytes = Tensor.allocate(one.size() * DataType.FLOAT.bytes() * kernels.size());
    kernels.forEach(w -> bytes.put(w.bytes()));
    return Tensor.of(DataType.FLOAT, one.with(0, one.dim(0) * kernels.size()), bytes.flip());
  }

  /** A function of each weight. */
  static Tensor mapped(Tensor w, DoubleUnaryOperator of) {
    FloatBuffer from = w.as(DataType.FLOAT).floatBuffer();
    ByteBuffer bytes = Tensor.allocate(4L * from.remaining());
    FloatBuffer to = bytes.asFloatBuffer();
    while (from.hasRemaining()) {
      to.put((float) of.applyAsDouble(from.get()));
    }
    return Tensor.of(DataType.FLOAT, w.shape(), bytes).as(w.type());
  }
}
