package dev.picasso.format.keras.file;

import java.util.List;

/** The arrays of a model in one of the orders in which Keras has stored them. */
public sealed interface StoredWeights {
  /**
   * A folder per layer, whose weights are listed in order: HDF5 of Keras 1, 2, tf.keras and 3.
   *
   * @param separate whether the file came apart from the topology, so that names may differ
   */
  record ByLayer(WeightGroup root, boolean separate) implements StoredWeights {}

  /** Paths of objects, as in layers/conv2d/vars/0: Keras 3 archives and {@code .weights.h5}. */
  record ByObject(WeightGroup root) implements StoredWeights {}

  /** One list of names, as in conv2d/kernel: TensorFlow.js. */
  record Listed(List<StoredArray> arrays) implements StoredWeights {
    public Listed {
      arrays = List.copyOf(arrays);
    }
  }

  /** No weights at all: a topology by itself, whose layers have none. */
  record None() implements StoredWeights {}
}
