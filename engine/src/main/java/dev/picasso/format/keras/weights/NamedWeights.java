package dev.picasso.format.keras.weights;

import dev.picasso.format.keras.file.StoredArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One list of arrays for several layers, told apart by names such as "conv2d/kernel": the weights
 * of a model inside a model, or of a TensorFlow.js file.
 */
final class NamedWeights {
  private NamedWeights() {}

  static ModelWeights of(List<StoredArray> arrays, List<LayerNames> layers) {
    Map<String, List<StoredArray>> owned = new HashMap<>();
    Map<String, List<StoredArray>> unclaimed = new LinkedHashMap<>();
    for (StoredArray array : arrays) {
      String owner = NameMatch.owner(array.name());
      Optional<String> layer = layerOf(owner, layers);
      if (layer.isPresent()) {
        owned.computeIfAbsent(layer.get(), k -> new ArrayList<>()).add(array);
      } else {
        unclaimed.computeIfAbsent(owner, k -> new ArrayList<>()).add(array);
      }
    }
    Claims claims = new Claims(owned, List.copyOf(unclaimed.values()));
    return claims::of;
  }

  /** The layer whose own name stands furthest right; else the model that holds such a layer. */
  private static Optional<String> layerOf(String owner, List<LayerNames> layers) {
    Optional<String> own = rightmost(owner, layers, false);
    return own.isPresent() ? own : rightmost(owner, layers, true);
  }

  private static Optional<String> rightmost(
      String owner, List<LayerNames> layers, boolean byInner) {
    Optional<String> best = Optional.empty();
    int place = -1;
    for (LayerNames layer : layers) {
      Optional<Integer> found =
          byInner
              ? layer
                  .innerNames()
                  .flatMap(n -> NameMatch.place(owner, n).stream())
                  .max(Integer::compare)
              : NameMatch.place(owner, layer.name());
      if (found.isPresent() && found.get() > place) {
        best = Optional.of(layer.name());
        place = found.get();
      }
    }
    return best;
  }
}
