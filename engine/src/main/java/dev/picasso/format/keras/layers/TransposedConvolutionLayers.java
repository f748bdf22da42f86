package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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
    long[] pads = new long[2 * axes];
    long[] outputPadding = new long[axes];
    long[] crop = new long[axes];
    for (int i = 0; i < axes; i++) {
      long inputs = x.dim(i + 2);
      long extent = (size[i] - 1) * dilations[i] + 1;
      long full = (inputs - 1) * strides[i] + extent;
      long outputs;
      if (stated) {
        outputs = full - (same ? 2 * (extent / 2) : 0) + extra[i];
      } else {
        outputs =
            same ? inputs * strides[i] : inputs * strides[i] + Math.max(extent - strides[i], 0);
      }
      long surplus = full - outputs;
      pads[i] = same && surplus > 0 ? surplus / 2 : 0;
      pads[axes + i] = Math.max(surplus - pads[i], 0);
      // What the windows never reach is zero, and the runtime wants it below the stride.
      outputPadding[i] = Math.max(-surplus, 0);
      crop[i] = 0;
    }
    boolean fits = true;
    for (int i = 0; i < axes; i++) {
      fits &= outputPadding[i] < Math.max(strides[i], dilations[i]);
    }
    Attributes attributes =
        Attributes.of("strides", strides)
            .with("dilations", dilations)
            .with("pads", pads)
            .with("kernel_shape", size);
    if (fits) {
      return transposed(g, x, w, bias, attributes.with("output_padding", outputPadding));
    }
    Value y = transposed(g, x, w, Optional.empty(), attributes);
    Value padded = g.pad(y, Spatial.aroundAll(crop, outputPadding));
    if (bias.isEmpty()) {
      return padded;
    }
    return g.add(padded, g.reshape(bias.get(), Spatial.channelShape(padded.rank(), padded.dim(1))));
  }

  private static Value transposed(
      GraphBuilder g, Value x, Value w, Optional<Value> bias, Attributes attributes) {
    List<Optional<Value>> inputs =
        Stream.of(Optional.of(x), Optional.of(w), bias).filter(Optional::isPresent).toList();
    return g.emit("ConvTranspose", attributes, 1, inputs).get(0);
  }
}
