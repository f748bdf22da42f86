package dev.picasso.format.keras.layers;

import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.format.layout.Spatial;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;

/** The axes that a layer works along, as the layer numbers them, in ascending order. */
final class Axes {
  private final LaidOut x;
  private final long[] logical;

  private Axes(LaidOut x, long[] logical) {
    this.x = x;
    this.logical = logical;
  }

  /** What the argument {@code axis} says; the last axis where it says nothing. */
  static Axes of(Layer layer, LaidOut x) {
    return of(x, layer.integers("axis").orElse(new long[] {-1}));
  }

  /** Axes of a value; negative numbers count from the end. */
  static Axes of(LaidOut x, long... axes) {
    return new Axes(x, Arrays.stream(axes).map(a -> x.shape().axis((int) a)).sorted().toArray());
  }

  /** Number of places along the axes. */
  long size() {
    return Arrays.stream(logical).map(a -> x.shape().dim((int) a)).reduce(1, Math::multiplyExact);
  }

  /** The same axes of the value as it is stored. */
  long[] stored() {
    return Arrays.stream(logical).map(a -> x.storedAxis((int) a)).toArray();
  }

  /** Weights of one number per place along the axes, in a shape that fits the stored value. */
  Value weight(GraphBuilder g, Layer layer, String role) {
    long[] dims = Arrays.stream(logical).map(a -> x.shape().dim((int) a)).toArray();
    return layer.constant(g, role, aligned(layer.weight(role, dims)));
  }

  /** Numbers along these axes, in a shape that fits the stored value. */
  Tensor aligned(Tensor tensor) {
    int rank = x.rank();
    long[] logicalShape = Spatial.ones(rank);
    for (long axis : logical) {
      logicalShape[(int) axis] = x.shape().dim((int) axis);
    }
    Tensor shaped = tensor.reshaped(logicalShape);
    if (!x.channelsMoved()) {
      return shaped;
    }
    int[] permutation = new int[rank];
    for (int i = 0; i < rank; i++) {
      permutation[x.storedAxis(i)] = i;
    }
    return Kernels.permuted(shaped, permutation);
  }
}
