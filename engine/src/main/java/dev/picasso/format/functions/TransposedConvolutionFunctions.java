package dev.picasso.format.functions;

import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Size;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.TransposedConvolutions;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Transposed convolutions, which TensorFlow's graphs compute with the operators for the gradient of
 * a convolution with respect to its input.
 */
final class TransposedConvolutionFunctions {
  private TransposedConvolutionFunctions() {}

  static void addTo(FunctionTable table) {
    table.put(
        (g, call) -> emit(g, call, 4, false),
        "raw.Conv2DBackpropInput(input_sizes, filter, out_backprop)");
    table.put(
        (g, call) -> emit(g, call, 5, false),
        "raw.Conv3DBackpropInputV2(input_sizes, filter, out_backprop)");
    table.put(
        (g, call) -> emit(g, call, 4, true),
        "raw.DepthwiseConv2dNativeBackpropInput(input_sizes, filter, out_backprop)");
  }

  /** Kernel [k…, out, in], or [k…, out, multiplier] where each channel is by itself. */
  private static LaidOut emit(GraphBuilder g, Call call, int rank, boolean depthwise) {
    LaidOut images = call.operand(2).as(g, DataType.FLOAT).value(g);
    if (images.rank() != rank) {
      throw new Unsupported(
          "its input has the shape " + images.shape() + "; it must have " + rank + " axes.");
    }
    Value x = call.channelsLast() ? images.channelsFirst(g) : images.logical(g);
    Operand kernel = ConvolutionKernels.read(call, rank);
    long outputs = kernel.shape().dim(-2);
    long inputs = kernel.shape().dim(-1) * (depthwise ? outputs : 1);
    List<Size> asked = call.sizes("input_sizes").orElse(List.of());
    long[] sizes = spatial(call, asked, rank - 2, outputs);
    if (x.dim(1) != inputs) {
      throw new Unsupported(
          "its kernel " + kernel.shape() + " does not fit " + x.dim(1) + " channels.");
    }
    Value w =
        depthwise
            ? ConvolutionKernels.eachChannel(g, call, kernel)
            : ConvolutionKernels.outputsFirst(g, call, kernel);
    long[] before = before(call, x, sizes, ConvolutionKernels.size(kernel));
    Attributes windows =
        Attributes.of("kernel_shape", ConvolutionKernels.size(kernel))
            .with("strides", Windows.perAxis(call, x, 1, "strides"))
            .with("dilations", Windows.perAxis(call, x, 1, "dilations"))
            .with("group", depthwise ? outputs : 1L);
    Value y = TransposedConvolutions.emit(g, x, w, Optional.empty(), windows, before, sizes);
    return Windows.close(call, y);
  }

  /** The lengths of the spatial axes of the result, of all axes or these alone. */
  private static long[] spatial(Call call, List<Size> asked, int axes, long channels) {
    boolean all = asked.size() == axes + 2;
    int first = !all ? 0 : call.channelsLast() ? 1 : 2;
    boolean fits =
        (all || asked.size() == axes)
            && asked.subList(first, first + axes).stream()
                .allMatch(s -> !s.perImage() && s.number() > 0)
            && (!all || asked.get(call.channelsLast() ? axes + 1 : 1).equals(Size.of(channels)));
    if (!fits) {
      throw new Unsupported(
          "input_sizes is "
              + asked
              + ", which does not fit "
              + axes
              + " axes and "
              + channels
              + " channels.");
    }
    long[] sizes = asked.subList(first, first + axes).stream().mapToLong(Size::number).toArray();
    Limits.check(sizes);
    return sizes;
  }

  /**
   * What is cut off before each axis: what the convolution has added there, of which this is the
   * gradient. Its result must be as large as the input is here.
   */
  private static long[] before(Call call, Value x, long[] sizes, long[] kernel) {
    int axes = sizes.length;
    long[] strides = Windows.perAxis(call, x, 1, "strides");
    long[] dilations = Windows.perAxis(call, x, 1, "dilations");
    long[] pads = Windows.pads(call, x.rank(), sizes, kernel, strides, dilations);
    for (int i = 0; i < axes; i++) {
      long room = sizes[i] + pads[i] + pads[axes + i] - (kernel[i] - 1) * dilations[i] - 1;
      if (room < 0 || room / strides[i] + 1 != x.dim(i + 2)) {
        throw new Unsupported(
            "input_sizes is "
                + Arrays.toString(sizes)
                + " for images of "
                + Arrays.toString(Spatial.sizes(x))
                + ", which does not fit its strides.");
      }
    }
    return Arrays.copyOf(pads, axes);
  }
}
