package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerConfig;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Layers that hold another layer. */
final class WrapperLayers {
  private WrapperLayers() {}

  static void addTo(LayerTable layers) {
    layers.put("TimeDistributed", WrapperLayers::timeDistributed);
    layers.put("SpectralNormalization", WrapperLayers::spectralNormalization);
  }

  private static LayerConfig inner(Layer layer) {
    return layer
        .argument("layer")
        .map(node -> LayerConfig.of(node, 0))
        .orElseThrow(() -> new Unsupported("it holds no layer."));
  }

  /** The inner layer; its kernel is stored as it was normalized last. */
  private static LaidOut spectralNormalization(GraphBuilder g, Layer layer, Inputs in) {
    layer.ignore("power_iterations");
    return layer.callInner(inner(layer), in, "layer").get(0);
  }

  /** The inner layer for each step by itself: [N, T, …] is seen as [N·T, …]. */
  private static LaidOut timeDistributed(GraphBuilder g, Layer layer, Inputs in) {
    Value x = in.only().logical(g);
    if (x.rank() < 3 || x.dim(0) != Shape.BATCH) {
      throw new Unsupported("its input has the shape " + x.shape() + "; it needs steps.");
    }
    long steps = x.dim(1);
    long[] merged =
        LongStream.concat(LongStream.of(-steps), Arrays.stream(x.shape().dims()).skip(2)).toArray();
    LaidOut each = LaidOut.asIs(g.reshape(x, Shape.of(merged)));
    Value y = layer.callInner(inner(layer), Inputs.of(each), "layer").get(0).logical(g);
    long[] parted =
        LongStream.concat(
                LongStream.of(Shape.BATCH, steps), Arrays.stream(y.shape().dims()).skip(1))
            .toArray();
    return LaidOut.asIs(g.reshape(y, Shape.of(parted)));
  }
}
