package dev.picasso.format.keras.layers;

import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerTable;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Layers that make one value of several. */
final class MergeLayers {
  private MergeLayers() {}

  static void addTo(LayerTable layers) {
    layers.put("Add", (g, layer, in) -> fold(g, in, g::add));
    layers.put("Subtract", (g, layer, in) -> ofTwo(g, in, g::sub));
    layers.put("Multiply", (g, layer, in) -> fold(g, in, g::mul));
    layers.put("Average", (g, layer, in) -> average(g, in));
    layers.put("Maximum", (g, layer, in) -> fold(g, in, g::max));
    layers.put("Minimum", (g, layer, in) -> fold(g, in, g::min));
    layers.put("Concatenate", (g, layer, in) -> concatenate(g, in, layer.integer("axis", -1)));
    layers.put("Dot", MergeLayers::dot);
    layers.put("CustomScaleLayer", MergeLayers::scaledSum);
    layers.put("Merge", MergeLayers::keras1);
  }

  private static LaidOut fold(GraphBuilder g, Inputs in, BinaryOperator<Value> operation) {
    List<LaidOut> all = aligned(g, in.all());
    Value y = all.stream().map(LaidOut::stored).reduce(operation).orElseThrow();
    return all.get(0).with(y);
  }

  private static LaidOut ofTwo(GraphBuilder g, Inputs in, BinaryOperator<Value> operation) {
    if (in.all().size() != 2) {
      throw new Unsupported("it has " + in.all().size() + " inputs; it needs two.");
    }
    return fold(g, in, operation);
  }

  /** y = x₀ + scale · x₁: the residual sums of keras.applications' InceptionResNetV2. */
  private static LaidOut scaledSum(GraphBuilder g, Layer layer, Inputs in) {
    double scale = layer.number("scale", 1);
    return ofTwo(g, in, (x, residual) -> g.add(x, g.mul(residual, scale)));
  }

  private static LaidOut average(GraphBuilder g, Inputs in) {
    LaidOut sum = fold(g, in, g::add);
    return sum.with(g.div(sum.stored(), in.all().size()));
  }

  static LaidOut concatenate(GraphBuilder g, Inputs in, int axis) {
    List<LaidOut> all = aligned(g, in.all());
    int stored = all.get(0).storedAxis(axis);
    return all.get(0).with(g.concat(stored, all.stream().map(LaidOut::stored).toList()));
  }

  /**
   * All values in one layout and of one rank: what has fewer axes gets axes of length one after the
   * batch, as Keras does. Channels stay moved where any of them are.
   */
  static List<LaidOut> aligned(GraphBuilder g, List<LaidOut> values) {
    if (values.isEmpty()) {
      throw new Unsupported("it is called without an input.");
    }
    int rank = values.stream().mapToInt(LaidOut::rank).max().orElseThrow();
    boolean moved = values.stream().anyMatch(v -> v.channelsMoved() && v.rank() == rank);
    List<LaidOut> aligned = new ArrayList<>();
    for (LaidOut value : values) {
      LaidOut full = value;
      if (value.rank() < rank) {
        Value logical = value.logical(g);
        long[] dims =
            LongStream.concat(
                    LongStream.concat(
                        LongStream.of(logical.dim(0)),
                        Arrays.stream(Spatial.ones(rank - value.rank()))),
                    Arrays.stream(logical.shape().dims()).skip(1))
                .toArray();
        full = LaidOut.asIs(g.reshape(logical, dims));
      }
      aligned.add(moved ? LaidOut.moved(full.channelsFirst(g)) : LaidOut.asIs(full.logical(g)));
    }
    return aligned;
  }

  private static LaidOut dot(GraphBuilder g, Layer layer, Inputs in) {
    long[] axes =
        layer.integers("axes").orElseThrow(() -> new Unsupported("it does not tell its axes."));
    return dot(g, in, axes, layer.flag("normalize", false));
  }

  /** Sums of products along an axis of each of two values, for each image by itself. */
  private static LaidOut dot(GraphBuilder g, Inputs in, long[] axes, boolean normalize) {
    List<LaidOut> all = in.all();
    if (all.size() != 2) {
      throw new Unsupported("it has " + all.size() + " inputs; it needs two.");
    }
    Value a = all.get(0).logical(g);
    Value b = all.get(1).logical(g);
    int i = a.shape().axis((int) axes[0]);
    int j = b.shape().axis((int) axes[axes.length - 1]);
    if (normalize) {
      a = unit(g, a, i);
      b = unit(g, b, j);
    }
    long[] restA = without(a, i);
    long[] restB = without(b, j);
    Value left = g.reshape(g.transpose(a, toEnd(a.rank(), i)), a.dim(0), product(restA), a.dim(i));
    Value right =
        g.reshape(g.transpose(b, toFront(b.rank(), j)), b.dim(0), b.dim(j), product(restB));
    Value y = g.matMul(left, right);
    long[] rest = LongStream.concat(Arrays.stream(restA), Arrays.stream(restB)).toArray();
    long[] dims =
        LongStream.concat(
                LongStream.of(a.dim(0)), rest.length == 0 ? LongStream.of(1) : Arrays.stream(rest))
            .toArray();
    return LaidOut.asIs(g.reshape(y, dims));
  }

  private static Value unit(GraphBuilder g, Value x, int axis) {
    Value sum = g.sum(g.square(x), true, axis);
    return g.div(x, g.sqrt(g.max(sum, g.scalarLike(sum, 1e-12))));
  }

  private static long[] without(Value x, int axis) {
    return IntStream.range(1, x.rank()).filter(k -> k != axis).mapToLong(x::dim).toArray();
  }

  private static long product(long[] dims) {
    return Arrays.stream(dims).reduce(1, Math::multiplyExact);
  }

  private static int[] toEnd(int rank, int axis) {
    return IntStream.concat(IntStream.range(0, rank).filter(k -> k != axis), IntStream.of(axis))
        .toArray();
  }

  private static int[] toFront(int rank, int axis) {
    return IntStream.concat(IntStream.of(0, axis), IntStream.range(1, rank).filter(k -> k != axis))
        .toArray();
  }

  /** Keras 1 had one layer for all merges. */
  private static LaidOut keras1(GraphBuilder g, Layer layer, Inputs in) {
    layer.ignore("mode_type", "output_shape", "output_shape_type", "output_mask", "arguments");
    layer.ignore("output_mask_type", "node_indices", "tensor_indices", "layers");
    int axis = layer.integer("concat_axis", -1);
    long[] axes = layer.integers("dot_axes").orElse(new long[] {-1});
    String mode = layer.text("mode", "sum");
    return switch (mode) {
      case "sum" -> fold(g, in, g::add);
      case "mul" -> fold(g, in, g::mul);
      case "max" -> fold(g, in, g::max);
      case "ave" -> average(g, in);
      case "concat" -> concatenate(g, in, axis);
      case "dot" -> dot(g, in, axes, false);
      default -> throw new Unsupported("the mode " + mode + " is not supported.");
    };
  }
}
