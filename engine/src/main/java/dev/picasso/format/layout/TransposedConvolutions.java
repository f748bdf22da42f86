package dev.picasso.format.layout;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Transposed convolutions: the gradient of a convolution with respect to its input. */
public final class TransposedConvolutions {
  private TransposedConvolutions() {}

  /**
   * The transposed convolution of a size that is told.
   *
   * @param x N×C×D1×…×Dn
   * @param w [C, M / group, k1, …, kn]
   * @param bias over M
   * @param windows kernel_shape, strides, dilations, and group if it is not one
   * @param before what is cut off before each spatial axis
   * @param outputs the lengths of the spatial axes of the result; what no window reaches is the
   *     bias alone
   * @return N×M×outputs
   */
  public static Value emit(
      GraphBuilder g,
      Value x,
      Value w,
      Optional<Value> bias,
      Attributes windows,
      long[] before,
      long[] outputs) {
    int axes = outputs.length;
    long[] size = windows.integers("kernel_shape").orElseThrow();
    long[] strides = windows.integers("strides").orElseThrow();
    long[] dilations = windows.integers("dilations").orElseThrow();
    long[] pads = new long[2 * axes];
    long[] missing = new long[axes];
    boolean fits = true;
    for (int i = 0; i < axes; i++) {
      long full = (x.dim(i + 2) - 1) * strides[i] + (size[i] - 1) * dilations[i] + 1;
      long after = full - outputs[i] - before[i];
      pads[i] = before[i];
      pads[axes + i] = Math.max(after, 0);
      missing[i] = Math.max(-after, 0);
      // The runtime wants what no window reaches to be less than a stride.
      fits &= missing[i] < Math.max(strides[i], dilations[i]);
    }
    Attributes padded = windows.with("pads", pads);
    if (fits) {
      return transposed(g, x, w, bias, padded.with("output_padding", missing));
    }
    Value y = transposed(g, x, w, Optional.empty(), padded);
    Value whole = g.pad(y, Spatial.aroundAll(new long[axes], missing));
    return bias.isPresent()
        ? g.add(whole, g.reshape(bias.get(), Spatial.channelShape(whole.rank(), whole.dim(1))))
        : whole;
  }

  private static Value transposed(
      GraphBuilder g, Value x, Value w, Optional<Value> bias, Attributes attributes) {
    List<Optional<Value>> inputs =
        Stream.of(Optional.of(x), Optional.of(w), bias).filter(Optional::isPresent).toList();
    return g.emit("ConvTranspose", attributes, 1, inputs).get(0);
  }
}
