package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.Optional;

/** Pooling in windows and over everything, over one to three axes. */
final class PoolingLayers {
  private PoolingLayers() {}

  static void addTo(LayerTable layers) {
    for (int n = 1; n <= 3; n++) {
      int axes = n;
      layers.put("MaxPooling" + n + "D", (g, layer, in) -> pool(g, layer, in, axes, "MaxPool"));
      layers.put(
          "AveragePooling" + n + "D", (g, layer, in) -> pool(g, layer, in, axes, "AveragePool"));
      layers.put(
          "GlobalMaxPooling" + n + "D",
          (g, layer, in) -> global(g, layer, in, axes, "GlobalMaxPool"));
      layers.put(
          "GlobalAveragePooling" + n + "D",
          (g, layer, in) -> global(g, layer, in, axes, "GlobalAveragePool"));
    }
  }

  /** Padding is no part of an average and never the largest. */
  private static LaidOut pool(GraphBuilder g, Layer layer, Inputs in, int axes, String op) {
    Value x = Images.open(g, layer, in, axes);
    long[] window = layer.sizes("pool_size", axes, 2);
    long[] strides = layer.has("strides") ? layer.sizes("strides", axes, 2) : window;
    layer.ignore("strides");
    long[] pads =
        layer.oneOf("padding", "valid", "valid", "same").equals("same")
            ? Spatial.samePads(Spatial.sizes(x), window, strides, Spatial.ones(axes))
            : new long[2 * axes];
    Attributes attributes =
        Attributes.of("kernel_shape", window).with("strides", strides).with("pads", pads);
    return Images.close(layer, g.op(op, attributes, x));
  }

  private static LaidOut global(GraphBuilder g, Layer layer, Inputs in, int axes, String op) {
    Value x = Images.open(g, layer, in, axes);
    Optional<Value> mask =
        axes == 1 && op.equals("GlobalAveragePool") ? in.mask() : Optional.empty();
    Value y = mask.isPresent() ? averageOf(g, x, mask.get()) : g.op(op, x);
    return layer.flag("keepdims", false)
        ? Images.close(layer, y)
        : LaidOut.asIs(g.reshape(y, x.dim(0), x.dim(1)));
  }

  /** The average of the steps that count; x [N, C, steps], mask [N, steps]. */
  private static Value averageOf(GraphBuilder g, Value x, Value mask) {
    Value counts = g.unsqueeze(g.cast(mask, x.type()), 1);
    return g.div(g.sum(g.mul(x, counts), true, 2), g.sum(counts, true, 2));
  }
}
