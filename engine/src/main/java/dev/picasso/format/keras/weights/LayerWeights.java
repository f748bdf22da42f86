package dev.picasso.format.keras.weights;

import dev.picasso.format.keras.file.StoredArray;
import java.util.List;

/** The stored arrays of one layer, or of a model inside the model. */
public interface LayerWeights {
  /** In the order in which the layer made them. */
  List<StoredArray> arrays();

  /**
   * Those of a layer inside of this layer.
   *
   * @param name of the inner layer
   * @param attributes under which the outer layer may hold it, as object paths have it
   */
  LayerWeights part(String name, String... attributes);

  /** Those of the layers of a model. */
  ModelWeights asModel(List<LayerNames> layers);

  /** Whether a stored name such as "dense_1/kernel:0" or "dense_1_W" ends in that role. */
  static boolean isCalled(String stored, String role) {
    String last = stored.substring(stored.lastIndexOf('/') + 1).replaceFirst(":\\d+$", "");
    return last.equals(role);
  }

  /** No weights at all. */
  static LayerWeights none() {
    return new Fixed(List.of());
  }

  /** A plain list of arrays. */
  record Fixed(List<StoredArray> arrays) implements LayerWeights {
    public Fixed {
      arrays = List.copyOf(arrays);
    }

    @Override
    public LayerWeights part(String name, String... attributes) {
      List<StoredArray> own =
          arrays.stream().filter(a -> NameMatch.components(a.name()).contains(name)).toList();
      return new Fixed(own.isEmpty() ? arrays : own);
    }

    @Override
    public ModelWeights asModel(List<LayerNames> layers) {
      return NamedWeights.of(arrays, layers);
    }
  }
}
