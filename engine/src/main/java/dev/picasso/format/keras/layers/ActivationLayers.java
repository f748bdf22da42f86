package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Activations;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Optional;

/** Activation functions as layers of their own. */
final class ActivationLayers {
  private ActivationLayers() {}

  static void addTo(LayerTable layers) {
    layers.put("Activation", (g, layer, in) -> LayerActivations.apply(g, layer, in.only()));
    layers.put("ReLU", ActivationLayers::relu);
    layers.put("LeakyReLU", ActivationLayers::leakyRelu);
    layers.put("PReLU", ActivationLayers::prelu);
    layers.put("Softmax", ActivationLayers::softmax);
    layers.put(
        "ELU",
        (g, layer, in) ->
            in.only().with(Activations.elu(g, in.only().stored(), layer.number("alpha", 1))));
    layers.put("ThresholdedReLU", ActivationLayers::thresholdedRelu);
  }

  private static LaidOut relu(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    Optional<Double> most = layer.number("max_value");
    double slope = layer.number("negative_slope", 0);
    double threshold = layer.number("threshold", 0);
    return x.with(Activations.relu(g, x.stored(), slope, most, threshold));
  }

  private static LaidOut leakyRelu(GraphBuilder g, Layer layer, Inputs in) {
    double slope = layer.number("alpha").orElseGet(() -> layer.number("negative_slope", 0.3));
    return in.only().with(Activations.leakyRelu(g, in.only().stored(), slope));
  }

  /** x where it is positive, else alpha · x; alpha is learnt, and may be shared along axes. */
  private static LaidOut prelu(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    layer.ignore("shared_axes");
    Tensor alpha = layer.anyWeight("alpha");
    if (alpha.shape().rank() != x.rank() - 1) {
      throw new Unsupported("its slopes of shape " + alpha.shape() + " do not fit " + x.shape());
    }
    if (x.channelsMoved()) {
      int last = alpha.shape().rank() - 1;
      alpha =
          Kernels.permuted(
              alpha,
              java.util.stream.IntStream.range(0, last + 1)
                  .map(i -> i == 0 ? last : i - 1)
                  .toArray());
    }
    return x.with(g.op("PRelu", x.stored(), layer.constant(g, "alpha", alpha)));
  }

  private static LaidOut softmax(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    long[] axes = layer.integers("axis").orElse(new long[] {-1});
    if (axes.length == 1) {
      return x.with(g.softmax(x.stored(), x.storedAxis((int) axes[0])));
    }
    long[] stored = java.util.Arrays.stream(axes).map(a -> x.storedAxis((int) a)).toArray();
    Value shifted = g.sub(x.stored(), g.reduce("ReduceMax", x.stored(), true, stored));
    Value exp = g.exp(shifted);
    return x.with(g.div(exp, g.sum(exp, true, stored)));
  }

  /** x where it is above theta, else 0. */
  private static LaidOut thresholdedRelu(GraphBuilder g, Layer layer, Inputs in) {
    Value x = in.only().stored();
    double theta = layer.number("theta", 1);
    return in.only().with(g.where(g.greater(x, g.scalarLike(x, theta)), x, g.scalarLike(x, 0)));
  }
}
