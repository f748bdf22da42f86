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

/** Layers that multiply by a matrix. */
final class DenseLayers {
  private DenseLayers() {}

  static void addTo(LayerTable layers) {
    layers.put("Dense", DenseLayers::dense);
    layers.put("EinsumDense", EinsumDense::emit);
  }

  /** y = f(x·W + b); x [N, …, in], W [in, units], b [units]. */
  private static LaidOut dense(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    long inputs = x.shape().dim(-1);
    if (x.rank() < 2) {
      throw new Unsupported("its input has the shape " + x.shape() + "; it needs two axes.");
    }
    long units = layer.integer("units", -1);
    Tensor kernel = layer.weight("kernel", inputs, units);
    Optional<Tensor> bias =
        layer.flag("use_bias", true) ? Optional.of(layer.weight("bias", units)) : Optional.empty();
    if (layer.isInt8()) {
      kernel = divided(kernel, layer.weight("kernel_scale", units));
    }
    kernel = LowRank.added(layer, kernel, "lora_kernel_a", "lora_kernel_b");
    LaidOut y =
        x.channelsMoved()
            ? pointwise(g, layer, x, kernel, bias)
            : matMul(g, layer, x, kernel, bias);
    return LayerActivations.apply(g, layer, y);
  }

  /** What integers stand for: each column has a scale that it is divided by. */
  private static Tensor divided(Tensor integers, Tensor scales) {
    float[] values = integers.floats();
    float[] scale = scales.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] /= scale[i % scale.length];
    }
    return Tensor.of(values, integers.shape().dims());
  }

  private static LaidOut matMul(
      GraphBuilder g, Layer layer, LaidOut x, Tensor kernel, Optional<Tensor> bias) {
    Value y = g.matMul(x.stored(), layer.constant(g, "kernel", kernel));
    if (bias.isPresent()) {
      y = g.add(y, layer.constant(g, "bias", bias.get()));
    }
    return LaidOut.asIs(y);
  }

  /** On images it is a convolution with kernels of one pixel; the channels stay where they are. */
  private static LaidOut pointwise(
      GraphBuilder g, Layer layer, LaidOut x, Tensor kernel, Optional<Tensor> bias) {
    long[] dims = Spatial.ones(x.rank());
    dims[0] = kernel.shape().dim(1);
    dims[1] = kernel.shape().dim(0);
    Value w = layer.constant(g, "kernel", Kernels.permuted(kernel, 1, 0).reshaped(dims));
    Optional<Value> b = bias.map(t -> layer.constant(g, "bias", t));
    return LaidOut.moved(g.conv(x.stored(), w, b, Attributes.none()));
  }
}
