package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.TransposedConvolutions;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/** Transposed convolutions: the gradient of a convolution with respect to its input. */
final class TransposedConvolutionLayers {
  private TransposedConvolutionLayers() {}

  static void addTo(LayerTable layers) {
    for (int n = 1; n <= 3; n++) {
      int axes = n;
      layers.put("Conv" + n + "DTranspose", (g, layer, in) -> convolution(g, layer, in, axes));
    }
  }

  /** W [k…, filters, in]. */
  private static LaidOut convolution(GraphBuilder g, Layer layer, Inputs in, int axes) {
    Value x = Images.open(g, layer, in, axes);
    layer.ignore("groups");
    long filters = layer.integer("filters", -1);
    long[] size = layer.sizes("kernel_size", axes, 1);
    Tensor kernel = kernel(layer, size, filters, x.dim(1));
    Optional<Value> bias =
        layer.flag("use_bias", true)
            ? Optional.of(layer.constant(g, "bias", layer.weight("bias", filters)))
            : Optional.empty();
    Value w = layer.constant(g, "kernel", Kernels.outputsFirst(kernel));
    Value y = emit(g, layer, x, w, bias, size);
    return LayerActivations.apply(g, layer, Images.close(layer, y));
  }

  private static Tensor kernel(Layer layer, long[] size, long filters, long inputs) {
    int axes = size.length;
    Tensor kernel;
    if (layer.isKeras1()) {
      // [k…, in, out], or [out, in, k…] in Theano's dimension order; here outputs come first.
      Tensor stored = KernelOrder.unturned(layer, axes, inputs, filters);
      int[] swap = new int[axes + 2];
      Arrays.setAll(swap, i -> i == axes ? axes + 1 : i == axes + 1 ? axes : i);
      kernel = Kernels.permuted(stored, swap);
      layer.ignore("output_shape");
    } else {
      kernel =
          layer.weight(
              "kernel",
              LongStream.concat(LongStream.of(size), LongStream.of(filters, inputs)).toArray());
    }
    return layer.context().theanoKernels() ? Kernels.turned(kernel, axes) : kernel;
  }

  private static Value emit(
      GraphBuilder g, Layer layer, Value x, Value w, Optional<Value> bias, long[] size) {
    int axes = size.length;
    long[] strides = layer.sizes("strides", axes, 1);
    long[] dilations = layer.sizes("dilation_rate", axes, 1);
    boolean same = layer.oneOf("padding", "valid", "valid", "same").equals("same");
    boolean stated = layer.has("output_padding");
    long[] extra = layer.perAxis("output_padding", axes, 0);
    long[] before = new long[axes];
    long[] outputs = new long[axes];
    for (int i = 0; i < axes; i++) {
      long inputs = x.dim(i + 2);
      long extent = (size[i] - 1) * dilations[i] + 1;
      long full = (inputs - 1) * strides[i] + extent;
      if (stated) {
        outputs[i] = full - (same ? 2 * (extent / 2) : 0) + extra[i];
      } else {
        outputs[i] =
            same ? inputs * strides[i] : inputs * strides[i] + Math.max(extent - strides[i], 0);
      }
      before[i] = same ? Math.max(full - outputs[i], 0) / 2 : 0;
    }
    Attributes windows =
        Attributes.of("strides", strides).with("dilations", dilations).with("kernel_shape", size);
    return TransposedConvolutions.emit(g, x, w, bias, windows, before, outputs);
  }
}
