package dev.picasso.model.receptive;

import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.model.output.Lookup;
import java.util.Optional;

/**
 * A kernel along one axis.
 *
 * @param size how many cells it takes
 * @param middle the centre of mass of its squared weights, 0 for the first cell
 */
record Kernel(long size, double middle) {
  /** All cells weigh the same. */
  static Kernel even(long size) {
    return new Kernel(size, (size - 1) / 2.);
  }

  /** Of a convolution, over all its channels; even where its weights are computed, or all zero. */
  static Optional<Kernel> ofWeights(Lookup look, Node node, int axis) {
    return look.shape(node.inputs().get(1))
        .filter(w -> axis < w.rank())
        .map(
            w ->
                look.constant(node, 1)
                    .filter(t -> w.dim(axis) > 1 && t.type().isFloating())
                    .map(t -> new Kernel(w.dim(axis), middle(t, w, axis)))
                    .orElse(even(w.dim(axis))));
  }

  private static double middle(Tensor weights, Shape shape, int axis) {
    int size = Math.toIntExact(shape.dim(axis));
    int inner = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      inner *= Math.toIntExact(shape.dim(i));
    }
    float[] all = weights.floats();
    double[] energy = new double[size];
    for (int i = 0; i < all.length; i++) {
      energy[i / inner % size] += (double) all[i] * all[i];
    }
    double moment = 0;
    double whole = 0;
    for (int i = 0; i < size; i++) {
      moment += i * energy[i];
      whole += energy[i];
    }
    double middle = moment / whole;
    return middle >= 0 && middle <= size - 1 ? middle : even(size).middle();
  }
}
