package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Locally connected layers of Keras 2: convolutions whose kernel is another one at each place. Each
 * place gathers what is in its window and multiplies it by its own matrix.
 */
final class LocallyConnectedLayers {
  private LocallyConnectedLayers() {}

  static void addTo(LayerTable layers) {
    layers.put("LocallyConnected1D", (g, layer, in) -> emit(g, layer, in, 1));
    layers.put("LocallyConnected2D", (g, layer, in) -> emit(g, layer, in, 2));
  }

  private static LaidOut emit(GraphBuilder g, Layer layer, Inputs in, int axes) {
    LaidOut x = in.only();
    if (x.rank() != axes + 2) {
      throw new Unsupported("its input has the shape " + x.shape() + ".");
    }
    boolean last = layer.channelsLast();
    long[] inner = Arrays.stream(x.shape().dims()).skip(1).toArray();
    LocalWindows windows =
        LocalWindows.of(
            last ? Arrays.copyOf(inner, axes) : Arrays.copyOfRange(inner, 1, axes + 1),
            inner[last ? axes : 0],
            layer.sizes("kernel_size", axes, 1),
            layer.sizes("strides", axes, 1),
            layer.oneOf("padding", "valid", "valid", "same").equals("same"),
            last);
    int filters = layer.integer("filters", -1);
    int implementation = layer.integer("implementation", 1);
    Tensor kernel = kernel(layer, windows, filters, implementation);
    long places = windows.places();
    long size = windows.size();
    Value flat = g.reshape(x.logical(g), x.shape().dim(0), windows.inputs());
    Value patches =
        g.reshape(
            g.gather(flat, g.constant(Tensor.longs(windows.indices())), 1),
            x.shape().dim(0),
            places,
            size);
    Value products = g.matMul(g.transpose(patches, 1, 0, 2), layer.constant(g, "kernel", kernel));
    long[] out = windows.outputs();
    Value y =
        g.reshape(
            g.transpose(products, 1, 0, 2), shape(LongStream.of(Shape.BATCH), out, filters, true));
    if (!last) {
      int[] channelsFirst =
          IntStream.range(0, axes + 2).map(i -> i == 0 ? 0 : i == 1 ? axes + 1 : i - 1).toArray();
      y = g.transpose(y, channelsFirst);
    }
    if (layer.flag("use_bias", true)) {
      // With channels first Keras takes the numbers of the bias in another order than it made them.
      Tensor bias = layer.weight("bias", shape(LongStream.empty(), out, filters, true));
      long[] dims = shape(LongStream.of(1), out, filters, last);
      y = g.add(y, layer.constant(g, "bias", bias.reshaped(dims)));
    }
    return LayerActivations.apply(g, layer, LaidOut.asIs(y));
  }

  private static long[] shape(LongStream before, long[] places, long filters, boolean last) {
    LongStream rest =
        last
            ? LongStream.concat(Arrays.stream(places), LongStream.of(filters))
            : LongStream.concat(LongStream.of(filters), Arrays.stream(places));
    return LongStream.concat(before, rest).toArray();
  }

  /** The matrices [places, size of a window, filters], however they are stored. */
  private static Tensor kernel(Layer layer, LocalWindows windows, int filters, int implementation) {
    return switch (implementation) {
      case 1 -> layer.weight("kernel", windows.places(), windows.size(), filters);
      case 2 -> windows.ofDense(layer.anyWeight("kernel"), filters);
      case 3 -> windows.ofSparse(layer.anyWeight("kernel"), filters);
      default -> throw new Unsupported("implementation " + implementation + " is not known.");
    };
  }
}
