package dev.picasso.format.keras.layers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Layers that prepare pixels inside of a model, and those that scale channels. */
final class PreprocessingLayers {
  private PreprocessingLayers() {}

  static void addTo(LayerTable layers) {
    layers.put("Rescaling", PreprocessingLayers::rescaling);
    layers.put("Normalization", PreprocessingLayers::normalization);
    layers.put("LayerScale", PreprocessingLayers::layerScale);
  }

  /** y = x · scale + offset; either may be a number per channel. */
  private static LaidOut rescaling(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    Value y = x.stored();
    Optional<Tensor> scale = layer.argument("scale").map(n -> numbers("scale", n));
    if (scale.isPresent()) {
      y = g.mul(y, perChannel(g, x, scale.get()));
    }
    Optional<Tensor> offset = layer.argument("offset").map(n -> numbers("offset", n));
    if (offset.isPresent() && !isZero(offset.get())) {
      y = g.add(y, perChannel(g, x, offset.get()));
    }
    return x.with(y);
  }

  /** y = (x − mean) / max(√variance, 10⁻⁷), or the way back; learnt from data, or stated. */
  private static LaidOut normalization(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    Optional<long[]> axis = layer.integers("axis");
    Axes axes = Axes.of(x, axis.orElse(new long[0]));
    Optional<Tensor> stated = layer.argument("mean").map(n -> numbers("mean", n));
    Optional<Tensor> spread = layer.argument("variance").map(n -> numbers("variance", n));
    Tensor mean;
    Tensor variance;
    if (stated.isPresent() && spread.isPresent()) {
      mean = stated.get();
      variance = spread.get();
    } else if (layer.hasMoreWeights()) {
      mean = layer.anyWeight("mean");
      variance = layer.anyWeight("variance");
    } else {
      mean = Tensor.scalar(0f);
      variance = Tensor.scalar(1f);
    }
    float[] deviation = variance.floats();
    for (int i = 0; i < deviation.length; i++) {
      deviation[i] = Math.max((float) Math.sqrt(deviation[i]), 1e-7f);
    }
    Value m = layer.constant(g, "mean", fitted(axes, mean));
    Value d =
        layer.constant(g, "deviation", fitted(axes, Tensor.of(deviation, variance.shape().dims())));
    return x.with(
        layer.flag("invert", false)
            ? g.add(g.mul(x.stored(), d), m)
            : g.div(g.sub(x.stored(), m), d));
  }

  private static Tensor fitted(Axes axes, Tensor numbers) {
    if (numbers.size() == 1) {
      return numbers.reshaped();
    }
    if (axes.size() == numbers.size()) {
      return axes.aligned(numbers);
    }
    throw new Unsupported("its " + numbers.size() + " numbers do not fit its input.");
  }

  /** Each channel times a learnt number. */
  private static LaidOut layerScale(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    layer.ignore("projection_dim", "init_values");
    long channels = x.shape().dim(-1);
    Axes last = Axes.of(x, -1);
    Tensor gamma = last.aligned(layer.weight("gamma", channels));
    return x.with(g.mul(x.stored(), layer.constant(g, "gamma", gamma)));
  }

  /** Numbers along the last axes that the layer sees, as a constant that fits the stored value. */
  static Value perChannel(GraphBuilder g, LaidOut x, Tensor numbers) {
    if (numbers.size() == 1) {
      return g.constant(numbers.reshaped());
    }
    int rank = numbers.shape().rank();
    if (rank > x.rank()) {
      throw new Unsupported(
          "numbers of shape " + numbers.shape() + " do not fit the input " + x.shape() + ".");
    }
    long[] dims = Spatial.ones(x.rank());
    System.arraycopy(numbers.shape().dims(), 0, dims, x.rank() - rank, rank);
    Tensor full = numbers.reshaped(dims);
    if (x.channelsMoved()) {
      int[] permutation = new int[x.rank()];
      IntStream.range(0, x.rank()).forEach(i -> permutation[x.storedAxis(i)] = i);
      full = Kernels.permuted(full, permutation);
    }
    return g.constant(full);
  }

  /** A number, or nested lists of numbers, or Keras's way of writing an array. */
  static Tensor numbers(String key, JsonNode node) {
    if (node.isObject()) {
      JsonNode inner = node.has("value") ? node.path("value") : node.path("config").path("value");
      return numbers(key, inner);
    }
    List<Long> dims = new ArrayList<>();
    for (JsonNode at = node; at.isArray(); at = at.path(0)) {
      dims.add((long) at.size());
    }
    List<Float> flat = new ArrayList<>();
    collect(key, node, flat);
    float[] values = new float[flat.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = flat.get(i);
    }
    return Tensor.of(values, dims.stream().mapToLong(Long::longValue).toArray());
  }

  private static void collect(String key, JsonNode node, List<Float> into) {
    if (node.isArray()) {
      node.forEach(n -> collect(key, n, into));
    } else if (node.isNumber()) {
      into.add((float) node.doubleValue());
    } else {
      throw new Unsupported(key + " holds " + node + ", which is no number.");
    }
  }

  private static boolean isZero(Tensor numbers) {
    for (float value : numbers.floats()) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
