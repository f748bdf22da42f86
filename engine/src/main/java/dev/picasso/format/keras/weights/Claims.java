package dev.picasso.format.keras.weights;

import dev.picasso.format.keras.file.StoredArray;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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
        return new Lazy(() -> NamedWeights.of(resolve(layer), layers));
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

  /** The weights of a model inside a model, which claims only when one of its layers asks. */
  private static final class Lazy implements ModelWeights {
    private final Supplier<ModelWeights> source;
    private Optional<ModelWeights> found = Optional.empty();

    Lazy(Supplier<ModelWeights> source) {
      this.source = source;
    }

    private LayerWeights find(String layer) {
      ModelWeights weights = found.orElseGet(source);
      found = Optional.of(weights);
      return weights.of(layer);
    }

    @Override
    public LayerWeights of(String layer) {
      return new LayerWeights() {
        @Override
        public List<StoredArray> arrays() {
          return find(layer).arrays();
        }

        @Override
        public LayerWeights part(String name, String... attributes) {
          return find(layer).part(name, attributes);
        }

        @Override
        public ModelWeights asModel(List<LayerNames> layers) {
          return new Lazy(() -> find(layer).asModel(layers));
        }
      };
    }
  }
}
