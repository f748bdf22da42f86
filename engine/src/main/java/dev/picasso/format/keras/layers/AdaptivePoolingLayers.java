package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Pooling to a given size: of n places along an axis, window i of m reaches from ⌊i·n/m⌋ to
 * ⌈(i+1)·n/m⌉. Each axis is pooled by itself.
 */
final class AdaptivePoolingLayers {
  private AdaptivePoolingLayers() {}

  static void addTo(LayerTable layers) {
    for (int n = 1; n <= 3; n++) {
      int axes = n;
      layers.put(
          "AdaptiveAveragePooling" + n + "D",
          (g, layer, in) -> pool(g, layer, in, axes, "ReduceMean"));
      layers.put(
          "AdaptiveMaxPooling" + n + "D", (g, layer, in) -> pool(g, layer, in, axes, "ReduceMax"));
    }
  }

  private static LaidOut pool(GraphBuilder g, Layer layer, Inputs in, int axes, String reduction) {
    Value y = Images.open(g, layer, in, axes);
    long[] sizes = layer.sizes("output_size", axes, 1);
    for (int i = 0; i < axes; i++) {
      y = along(g, y, i + 2, sizes[i], reduction);
    }
    return Images.close(layer, y);
  }

  private static Value along(GraphBuilder g, Value x, int axis, long windows, String reduction) {
    long n = x.dim(axis);
    if (windows > n) {
      throw new Unsupported("its " + windows + " windows are more than the " + n + " places.");
    }
    List<Value> pooled = new ArrayList<>();
    for (long i = 0; i < windows; i++) {
      long end = ((i + 1) * n + windows - 1) / windows;
      pooled.add(g.reduce(reduction, g.slice(x, axis, i * n / windows, end), true, axis));
    }
    return g.concat(axis, pooled);
  }
}
