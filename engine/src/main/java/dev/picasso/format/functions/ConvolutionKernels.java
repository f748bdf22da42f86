package dev.picasso.format.functions;

import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Kernels of convolutions in ONNX's order. Most stand in the file; others are computed from what
 * stands there, as where weights are rounded to few bits first.
 */
final class ConvolutionKernels {
  private ConvolutionKernels() {}

  /** The kernel of a call, with as many axes as its images have. */
  static Operand read(Call call, int rank) {
    Operand kernel =
        call.operand("filters", "filter", "kernel")
            .orElseThrow(() -> new Unsupported("it is called without a kernel."));
    if (kernel.rank() != rank || !kernel.shape().isStatic()) {
      throw new Unsupported(
          "its kernel has the shape " + kernel.shape() + "; it must have " + rank + " axes.");
    }
    return kernel;
  }

  /** The lengths of the spatial axes, which come first. */
  static long[] size(Operand kernel) {
    return Arrays.copyOf(kernel.shape().dims(), kernel.rank() - 2);
  }

  /** From [k…, in, out] to [out, in, k…]. */
  static Value outputsFirst(GraphBuilder g, Call call, Operand kernel) {
    int axes = kernel.rank() - 2;
    int[] order =
        IntStream.concat(IntStream.of(axes + 1, axes), IntStream.range(0, axes)).toArray();
    return ordered(g, call, kernel, order, kernel.shape().permuted(order).dims());
  }

  /** From [k…, in, multiplier] to [in · multiplier, 1, k…]. */
  static Value eachChannel(GraphBuilder g, Call call, Operand kernel) {
    int axes = kernel.rank() - 2;
    int[] order =
        IntStream.concat(IntStream.of(axes, axes + 1), IntStream.range(0, axes)).toArray();
    long[] dims = kernel.shape().permuted(order).dims();
    dims[0] = dims[0] * dims[1];
    dims[1] = 1;
    return ordered(g, call, kernel, order, dims);
  }

  private static Value ordered(
      GraphBuilder g, Call call, Operand kernel, int[] order, long[] dims) {
    Operand floats = kernel.as(g, DataType.FLOAT);
    if (floats instanceof Operand.Literal literal) {
      return call.site()
          .constant(g, "kernel", Kernels.permuted(literal.tensor(), order).reshaped(dims));
    }
    return g.reshape(g.transpose(floats.value(g).logical(g), order), dims);
  }
}
