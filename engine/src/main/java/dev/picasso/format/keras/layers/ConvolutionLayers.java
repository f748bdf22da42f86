package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Convolutions: plain, grouped, dilated, depthwise and separable, over one to three axes. */
final class ConvolutionLayers {
  private ConvolutionLayers() {}

  static void addTo(LayerTable layers) {
    for (int n = 1; n <= 3; n++) {
      int axes = n;
      layers.put("Conv" + n + "D", (g, layer, in) -> convolution(g, layer, in, axes));
    }
    for (int n = 1; n <= 2; n++) {
      int axes = n;
      layers.put("DepthwiseConv" + n + "D", (g, layer, in) -> depthwise(g, layer, in, axes));
      layers.put("SeparableConv" + n + "D", (g, layer, in) -> separable(g, layer, in, axes));
    }
  }

  /** y = f(x ∗ W + b); W [k…, in / groups, filters]. */
  private static LaidOut convolution(GraphBuilder g, Layer layer, Inputs in, int axes) {
    Value x = Images.open(g, layer, in, axes);
    long filters = layer.integer("filters", -1);
    int groups = layer.integer("groups", 1);
    if (groups < 1 || x.dim(1) % groups != 0) {
      throw new Unsupported(x.dim(1) + " channels do not fall into " + groups + " groups.");
    }
    Tensor kernel = KernelOrder.read(layer, axes, x.dim(1) / groups, filters);
    Optional<Value> bias = bias(g, layer, filters);
    Value w = layer.constant(g, "kernel", Kernels.outputsFirst(kernel));
    Attributes attributes = windows(layer, x, kernelSize(kernel, axes), true);
    if (groups > 1) {
      attributes = attributes.with("group", groups);
    }
    return finish(g, layer, g.conv(x, w, bias, attributes));
  }

  /** Each channel by itself; W [k…, in, multiplier]. */
  private static LaidOut depthwise(GraphBuilder g, Layer layer, Inputs in, int axes) {
    Value x = Images.open(g, layer, in, axes);
    layer.ignore("filters", "groups");
    long multiplier = layer.integer("depth_multiplier", 1);
    Tensor kernel = depthwiseKernel(layer, "depthwise_kernel", axes, x.dim(1), multiplier);
    Optional<Value> bias = bias(g, layer, x.dim(1) * multiplier);
    return finish(g, layer, depthwise(g, layer, x, kernel, bias));
  }

  /** Each channel by itself, then a mix of the channels of each place. */
  private static LaidOut separable(GraphBuilder g, Layer layer, Inputs in, int axes) {
    Value x = Images.open(g, layer, in, axes);
    layer.ignore("groups");
    long multiplier = layer.integer("depth_multiplier", 1);
    long filters = layer.integer("filters", -1);
    long between = x.dim(1) * multiplier;
    Tensor kernel = depthwiseKernel(layer, "depthwise_kernel", axes, x.dim(1), multiplier);
    long[] ones = Spatial.ones(axes + 2);
    ones[axes] = between;
    ones[axes + 1] = filters;
    Tensor mix = layer.weight("pointwise_kernel", ones);
    Optional<Value> bias = bias(g, layer, filters);
    Value y = depthwise(g, layer, x, kernel, Optional.empty());
    Value w = layer.constant(g, "pointwise_kernel", Kernels.outputsFirst(mix));
    return finish(g, layer, g.conv(y, w, bias, Attributes.none()));
  }

  private static Tensor depthwiseKernel(
      Layer layer, String role, int axes, long channels, long multiplier) {
    long[] dims =
        LongStream.concat(
                LongStream.of(layer.sizes("kernel_size", axes, 1)),
                LongStream.of(channels, multiplier))
            .toArray();
    Tensor kernel = layer.weight(role, dims);
    return layer.context().theanoKernels() ? Kernels.turned(kernel, axes) : kernel;
  }

  private static Value depthwise(
      GraphBuilder g, Layer layer, Value x, Tensor kernel, Optional<Value> bias) {
    int axes = x.rank() - 2;
    long channels = x.dim(1);
    Tensor first =
        Kernels.permuted(
            kernel,
            IntStream.concat(IntStream.of(axes, axes + 1), IntStream.range(0, axes)).toArray());
    long[] dims = first.shape().dims();
    dims[0] = dims[0] * dims[1];
    dims[1] = 1;
    Value w = layer.constant(g, "depthwise_kernel", first.reshaped(dims));
    return g.conv(
        x, w, bias, windows(layer, x, kernelSize(kernel, axes), false).with("group", channels));
  }

  private static Optional<Value> bias(GraphBuilder g, Layer layer, long filters) {
    return layer.flag("use_bias", true)
        ? Optional.of(layer.constant(g, "bias", layer.weight("bias", filters)))
        : Optional.empty();
  }

  private static LaidOut finish(GraphBuilder g, Layer layer, Value y) {
    return LayerActivations.apply(g, layer, Images.close(layer, y));
  }

  private static long[] kernelSize(Tensor kernel, int axes) {
    return java.util.Arrays.copyOf(kernel.shape().dims(), axes);
  }

  /** Strides, dilations and the padding that the layer's word for it means here. */
  private static Attributes windows(Layer layer, Value x, long[] kernel, boolean causal) {
    int axes = kernel.length;
    long[] strides = layer.sizes("strides", axes, 1);
    long[] dilations = layer.sizes("dilation_rate", axes, 1);
    String padding =
        causal && axes == 1
            ? layer.oneOf("padding", "valid", "valid", "same", "causal")
            : layer.oneOf("padding", "valid", "valid", "same");
    long[] pads =
        switch (padding) {
          case "same" -> Spatial.samePads(Spatial.sizes(x), kernel, strides, dilations);
          case "causal" -> new long[] {(kernel[0] - 1) * dilations[0], 0};
          default -> new long[2 * axes];
        };
    return Attributes.of("strides", strides)
        .with("dilations", dilations)
        .with("pads", pads)
        .with("kernel_shape", kernel);
  }
}
