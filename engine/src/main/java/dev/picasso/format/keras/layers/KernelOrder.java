package dev.picasso.format.keras.layers;

import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Convolution kernels in the order of Keras 2: spatial axes, inputs, outputs. */
final class KernelOrder {
  private KernelOrder() {}

  /**
   * The kernel of a convolution. Keras 1 stored (outputs, inputs, spatial axes) for Theano's
   * dimension order, and gave kernels over one axis a second one; Theano turns kernels by 180°.
   */
  static Tensor read(Layer layer, int axes, long inputs, long outputs) {
    Tensor kernel = unturned(layer, axes, inputs, outputs);
    return layer.context().theanoKernels() ? Kernels.turned(kernel, axes) : kernel;
  }

  /** The same without a look at the backend. */
  static Tensor unturned(Layer layer, int axes, long inputs, long outputs) {
    long[] size = layer.sizes("kernel_size", axes, 1);
    long[] modern =
        LongStream.concat(LongStream.of(size), LongStream.of(inputs, outputs)).toArray();
    return layer.isKeras1() ? keras1(layer, modern) : layer.weight("kernel", modern);
  }

  private static Tensor keras1(Layer layer, long[] modern) {
    Tensor stored = layer.anyWeight("W");
    long[] dims = stored.shape().dims();
    int axes = modern.length - 2;
    if (axes == 1 && dims.length == 4) {
      // [length, 1, in, out], or [out, in, length, 1] before Keras 1.1.
      boolean newer = dims[0] == modern[0] && dims[1] == 1 && dims[3] == modern[2];
      return newer
          ? require(stored.reshaped(dims[0], dims[2], dims[3]), modern)
          : require(Kernels.permuted(stored.reshaped(dims[0], dims[1], dims[2]), 2, 1, 0), modern);
    }
    if (!layer.channelsLast() && dims.length == modern.length) {
      int[] permutation =
          IntStream.concat(IntStream.range(2, axes + 2), IntStream.of(1, 0)).toArray();
      return require(Kernels.permuted(stored, permutation), modern);
    }
    return require(stored, modern);
  }

  private static Tensor require(Tensor kernel, long[] dims) {
    if (!Arrays.equals(kernel.shape().dims(), dims)) {
      throw new Unsupported(
          "its kernel has the shape "
              + kernel.shape()
              + " where "
              + Arrays.toString(dims)
              + " is needed.");
    }
    return kernel;
  }
}
