package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Resampling;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Layers that move or repeat elements. */
final class ReshapingLayers {
  private ReshapingLayers() {}

  static void addTo(LayerTable layers) {
    layers.put("Flatten", ReshapingLayers::flatten);
    layers.put("Reshape", ReshapingLayers::reshape);
    layers.put("Permute", ReshapingLayers::permute);
    layers.put("RepeatVector", ReshapingLayers::repeatVector);
    for (int n = 1; n <= 3; n++) {
      int axes = n;
      layers.put("UpSampling" + n + "D", (g, layer, in) -> upSampling(g, layer, in, axes));
    }
  }

  /** All axes but the batch in one; Keras 2 and later put the channels last before. */
  private static LaidOut flatten(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    boolean turn = !layer.channelsLast() && x.rank() > 2;
    Value value = x.logical(g);
    if (turn) {
      int[] channelsLast =
          IntStream.range(0, x.rank())
              .map(i -> i == 0 ? 0 : i == x.rank() - 1 ? 1 : i + 1)
              .toArray();
      value = g.transpose(value, channelsLast);
    }
    long size = Arrays.stream(x.shape().dims()).skip(1).reduce(1, Math::multiplyExact);
    return LaidOut.asIs(g.reshape(value, x.shape().dim(0), size));
  }

  private static LaidOut reshape(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    long[] target =
        layer
            .integers("target_shape")
            .orElseThrow(() -> new Unsupported("it has no target_shape."));
    long size = Arrays.stream(x.shape().dims()).skip(1).reduce(1, Math::multiplyExact);
    long known = Arrays.stream(target).filter(d -> d != -1).reduce(1, Math::multiplyExact);
    long open = Arrays.stream(target).filter(d -> d == -1).count();
    if (open > 1 || known <= 0 || size % known != 0 || (open == 0 && size != known)) {
      throw new Unsupported(
          "its input of shape " + x.shape() + " does not fit " + Arrays.toString(target) + ".");
    }
    long[] dims =
        LongStream.concat(
                LongStream.of(x.shape().dim(0)),
                Arrays.stream(target).map(d -> d == -1 ? size / known : d))
            .toArray();
    return Shape.of(dims).equals(x.shape()) ? x : LaidOut.asIs(g.reshape(x.logical(g), dims));
  }

  /** Axes are numbered from 1; the batch stays. */
  private static LaidOut permute(GraphBuilder g, Layer layer, Inputs in) {
    LaidOut x = in.only();
    long[] dims = layer.integers("dims").orElse(new long[0]);
    int[] permutation =
        IntStream.concat(IntStream.of(0), Arrays.stream(dims).mapToInt(Math::toIntExact)).toArray();
    int[] all = IntStream.range(0, x.rank()).toArray();
    if (!Arrays.equals(Arrays.stream(permutation).sorted().toArray(), all)) {
      throw new Unsupported(
          "dims is " + Arrays.toString(dims) + ", which does not fit " + x.shape() + ".");
    }
    return LaidOut.asIs(g.transpose(x.logical(g), permutation));
  }

  /** [N, features] to [N, n, features]. */
  private static LaidOut repeatVector(GraphBuilder g, Layer layer, Inputs in) {
    Value x = in.only().logical(g);
    long n = layer.sizes("n", 1, 1)[0];
    Value row = g.reshape(x, x.dim(0), 1, x.dim(1));
    return LaidOut.asIs(g.tile(row, 1, n, 1));
  }

  private static LaidOut upSampling(GraphBuilder g, Layer layer, Inputs in, int axes) {
    Value x = Images.open(g, layer, in, axes);
    long[] size = layer.sizes(layer.has("length") ? "length" : "size", axes, 2);
    String kind = layer.text("interpolation", "nearest");
    if (kind.equals("nearest")) {
      return Images.close(layer, g.repeatPixels(x, size));
    }
    if (!kind.equals("bilinear")) {
      long[] target = Spatial.sizes(x);
      Arrays.setAll(target, i -> target[i] * size[i]);
      return Images.close(layer, Resampling.resize(g, x, target, kind, false));
    }
    float[] scales = new float[axes + 2];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = i < 2 ? 1 : size[i - 2];
    }
    Value y =
        g.emit(
                "Resize",
                Attributes.of("mode", "linear")
                    .with("coordinate_transformation_mode", "half_pixel"),
                1,
                List.of(
                    Optional.of(x),
                    Optional.empty(),
                    Optional.of(g.constant(Tensor.of(scales, scales.length)))))
            .get(0);
    return Images.close(layer, y);
  }
}
