package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Layers that bring values to a mean and a variance. */
final class NormalizationLayers {
  private NormalizationLayers() {}

  static void addTo(LayerTable layers) {
    layers.put("BatchNormalization", NormalizationLayers::batch);
    layers.put("LayerNormalization", NormalizationLayers::layer);
    layers.put("GroupNormalization", NormalizationLayers::group);
    layers.put("RMSNormalization", NormalizationLayers::rootMeanSquare);
    layers.put("UnitNormalization", NormalizationLayers::unit);
  }

  /**
   * y = gamma · (x − mean) / √(variance + epsilon) + beta, with the running statistics, which stay
   * readable as the inputs of one BatchNormalization.
   */
  private static LaidOut batch(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    if (layer.integer("mode", 0) == 1) {
      throw new Unsupported("mode 1 (each image by itself) is not supported.");
    }
    int axis = x.shape().axis((int) layer.integers("axis").orElse(new long[] {-1})[0]);
    long n = x.shape().dim(axis);
    Tensor gamma = layer.flag("scale", true) ? layer.weight("gamma", n) : filled(1, n);
    Tensor beta = layer.flag("center", true) ? layer.weight("beta", n) : filled(0, n);
    Tensor mean = layer.weight("moving_mean", n);
    Tensor variance = layer.weight("moving_variance", n);
    double epsilon = layer.number("epsilon", 1e-3);
    Value[] statistics = {
      layer.constant(g, "gamma", gamma),
      layer.constant(g, "beta", beta),
      layer.constant(g, "moving_mean", mean),
      layer.constant(g, "moving_variance", variance)
    };
    if (axis == x.rank() - 1 && x.rank() > 2) {
      return LaidOut.moved(batch(g, x.channelsFirst(g), statistics, epsilon));
    }
    if (axis <= 1) {
      return LaidOut.asIs(batch(g, x.logical(g), statistics, epsilon));
    }
    int[] swap = IntStream.range(0, x.rank()).toArray();
    swap[1] = axis;
    swap[axis] = 1;
    Value swapped = g.transpose(x.logical(g), swap);
    return LaidOut.asIs(g.transpose(batch(g, swapped, statistics, epsilon), swap));
  }

  private static Value batch(GraphBuilder g, Value x, Value[] statistics, double epsilon) {
    return g.op(
        "BatchNormalization",
        Attributes.of("epsilon", epsilon),
        x,
        statistics[0],
        statistics[1],
        statistics[2],
        statistics[3]);
  }

  private static Tensor filled(float value, long n) {
    float[] values = new float[Math.toIntExact(n)];
    Arrays.fill(values, value);
    return Tensor.of(values, n);
  }

  /** As batch normalization, with the mean and the variance of each image over some axes. */
  private static LaidOut layer(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    Axes axes = Axes.of(layer, x);
    double epsilon = layer.number("epsilon", 1e-3);
    boolean rms = layer.flag("rms_scaling", false);
    Value mean = rms ? x.stored() : g.mean(x.stored(), true, axes.stored());
    Value centred = rms ? x.stored() : g.sub(x.stored(), mean);
    Value variance =
        g.mean(g.square(g.sub(x.stored(), rms ? mean(g, x, axes) : mean)), true, axes.stored());
    Value y = g.div(centred, g.sqrt(g.add(variance, epsilon)));
    if (layer.flag("scale", true) || rms) {
      y = g.mul(y, axes.weight(g, layer, "gamma"));
    }
    if (layer.flag("center", true) && !rms) {
      y = g.add(y, axes.weight(g, layer, "beta"));
    }
    return x.with(y);
  }

  private static Value mean(GraphBuilder g, LaidOut x, Axes axes) {
    return g.mean(x.stored(), true, axes.stored());
  }

  /** y = scale · x / √(mean of x² + epsilon). */
  private static LaidOut rootMeanSquare(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    Axes axes = Axes.of(layer, x);
    Value square = g.mean(g.square(x.stored()), true, axes.stored());
    Value y = g.div(x.stored(), g.sqrt(g.add(square, layer.number("epsilon", 1e-6))));
    return x.with(g.mul(y, axes.weight(g, layer, "scale")));
  }

  /** y = x / √(sum of x²), with 10⁻¹² as the least sum. */
  private static LaidOut unit(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    Axes axes = Axes.of(layer, x);
    Value sum = g.sum(g.square(x.stored()), true, axes.stored());
    return x.with(g.div(x.stored(), g.sqrt(g.max(sum, g.scalarLike(sum, 1e-12)))));
  }

  /** As layer normalization over all places, for each group of channels by itself. */
  private static LaidOut group(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    int axis = x.shape().axis(layer.integer("axis", -1));
    long channels = x.shape().dim(axis);
    int stated = layer.integer("groups", 32);
    long groups = stated == -1 ? channels : stated;
    if (groups < 1 || channels % groups != 0) {
      throw new Unsupported(channels + " channels do not fall into " + groups + " groups.");
    }
    boolean last = axis == x.rank() - 1 && x.rank() > 2;
    if (!last && axis != 1) {
      throw new Unsupported("the axis " + axis + " is not supported.");
    }
    Value first = last ? x.channelsFirst(g) : x.logical(g);
    long size = Arrays.stream(first.shape().dims()).skip(1).reduce(1, (a, b) -> a * b);
    Value grouped = g.reshape(first, first.dim(0), groups, size / groups);
    Value normal =
        g.op(
            "InstanceNormalization",
            Attributes.of("epsilon", layer.number("epsilon", 1e-3)),
            grouped,
            g.constant(filled(1, groups)),
            g.constant(filled(0, groups)));
    Value y = g.reshape(normal, first.shape());
    long[] shape = Spatial.channelShape(first.rank(), channels).dims();
    if (layer.flag("scale", true)) {
      y = g.mul(y, layer.constant(g, "gamma", layer.weight("gamma", channels).reshaped(shape)));
    }
    if (layer.flag("center", true)) {
      y = g.add(y, layer.constant(g, "beta", layer.weight("beta", channels).reshaped(shape)));
    }
    return last ? LaidOut.moved(y) : LaidOut.asIs(y);
  }
}
