package dev.picasso.format.layout;

import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.util.stream.IntStream;

/** Rearranges weights while they are read. */
public final class Kernels {
  private Kernels() {}

  /** Axis i of the result is axis {@code permutation[i]}. */
  public static Tensor permuted(Tensor tensor, int... permutation) {
    long[] from = tensor.shape().dims();
    long[] strides = strides(from);
    int rank = from.length;
    long[] dims = new long[rank];
    long[] steps = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = from[permutation[i]];
      steps[i] = strides[permutation[i]];
    }
    return gathered(tensor, dims, steps, 0);
  }

  /** Turned by 180°: reversed along the first axes, which are the spatial ones. */
  public static Tensor turned(Tensor tensor, int spatial) {
    long[] dims = tensor.shape().dims();
    long[] steps = strides(dims);
    long start = 0;
    for (int i = 0; i < spatial; i++) {
      start += steps[i] * (dims[i] - 1);
      steps[i] = -steps[i];
    }
    return tensor.size() == 0 ? tensor : gathered(tensor, dims, steps, start);
  }

  /** From Keras's spatial axes, inputs, outputs to ONNX's outputs, inputs, spatial axes. */
  public static Tensor outputsFirst(Tensor kernel) {
    int n = kernel.shape().rank() - 2;
    return permuted(
        kernel, IntStream.concat(IntStream.of(n + 1, n), IntStream.range(0, n)).toArray());
  }

  private static long[] strides(long[] dims) {
    long[] strides = new long[dims.length];
    long step = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= dims[i];
    }
    return strides;
  }

  private static Tensor gathered(Tensor tensor, long[] dims, long[] steps, long start) {
    float[] source = tensor.floats();
    float[] target = new float[source.length];
    int rank = dims.length;
    long[] index = new long[rank];
    long at = start;
    for (int i = 0; i < target.length; i++) {
      target[i] = source[(int) at];
      for (int axis = rank - 1; axis >= 0; axis--) {
        at += steps[axis];
        index[axis]++;
        if (index[axis] < dims[axis]) {
          break;
        }
        at -= steps[axis] * dims[axis];
        index[axis] = 0;
      }
    }
    return Tensor.of(target, Shape.of(dims).dims());
  }
}
