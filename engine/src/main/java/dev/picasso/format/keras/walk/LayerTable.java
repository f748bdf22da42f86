package dev.picasso.format.keras.walk;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which handler is for which class of layers. Families of layers add to it, then it is read. */
public final class LayerTable {
  private final Map<String, LayerHandler> handlers = new TreeMap<>();

  /** A layer with one output. */
  public void put(String kind, LayerHandler.Single handler) {
    putMany(kind, (g, layer, inputs) -> List.of(handler.emit(g, layer, inputs)));
  }

  /** A layer with any number of outputs. */
  public void putMany(String kind, LayerHandler handler) {
    if (handlers.put(kind, handler) != null) {
      throw new IllegalStateException("two handlers for " + kind);
    }
  }

  public Optional<LayerHandler> find(String kind) {
    return Optional.ofNullable(handlers.get(kind));
  }

  /** All classes of layers, in the order of the alphabet. */
  public Set<String> kinds() {
    return Collections.unmodifiableSet(handlers.keySet());
  }
}
