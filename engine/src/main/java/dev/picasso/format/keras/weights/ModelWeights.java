package dev.picasso.format.keras.weights;

import dev.picasso.format.keras.file.StoredWeights;
import java.util.List;

/** The weights of a model, by layer. */
@FunctionalInterface
public interface ModelWeights {
  /** The weights of a layer; without arrays where it has none. */
  LayerWeights of(String layer);

  /** The way in which a file's arrays belong to these layers. */
  static ModelWeights of(StoredWeights stored, List<LayerNames> layers) {
    if (stored instanceof StoredWeights.ByLayer byLayer) {
      return GroupedWeights.of(byLayer.root(), layers);
    }
    if (stored instanceof StoredWeights.ByObject byObject) {
      return new ObjectWeights(byObject.root()).asModel(layers);
    }
    if (stored instanceof StoredWeights.Listed listed) {
      return NamedWeights.of(listed.arrays(), layers);
    }
    return layer -> LayerWeights.none();
  }
}
