package dev.picasso.format.keras.weights;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a layer is called, for finding its weights.
 *
 * @param name within its model
 * @param kind its class
 * @param inner the layers of a model inside the model
 */
public record LayerNames(String name, String kind, List<LayerNames> inner) {
  public LayerNames {
    inner = List.copyOf(inner);
  }

  /** The names of all layers inside, however deep. */
  Stream<String> innerNames() {
    return inner.stream().flatMap(i -> Stream.concat(Stream.of(i.name()), i.innerNames()));
  }
}
