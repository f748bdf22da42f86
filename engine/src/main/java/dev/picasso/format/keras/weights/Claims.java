package dev.picasso.format.keras.weights;

import dev.picasso.format.keras.file.StoredArray;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights whose owner bears no layer's name go, in their order, to the layers that ask and have
 * none of their own, in the order of asking.
 */
final class Claims {
  private final Map<String, List<StoredArray>> owned;
  private final Deque<List<StoredArray>> unclaimed;
  private final Map<String, List<StoredArray>> claimed = new HashMap<>();

  Claims(Map<String, List<StoredArray>> owned, List<List<StoredArray>> unclaimed) {
    this.owned = owned;
    this.unclaimed = new ArrayDeque<>(unclaimed);
  }

  /** A view on a layer's weights that claims only when somebody looks. */
  LayerWeights of(String layer) {
    return new LayerWeights() {
      @Override
      public List<StoredArray> arrays() {
        return resolve(layer);
      }

      @Override
      public LayerWeights part(String name, String... attributes) {
        return new Fixed(resolve(layer)).part(name, attributes);
      }

      @Override
      public ModelWeights asModel(List<LayerNames> layers) {
        return NamedWeights.of(resolve(layer), layers);
      }
    };
  }

  private List<StoredArray> resolve(String layer) {
    List<StoredArray> own = owned.get(layer);
    if (own != null) {
      return own;
    }
    return claimed.computeIfAbsent(
        layer, k -> unclaimed.isEmpty() ? List.of() : unclaimed.removeFirst());
  }
}
