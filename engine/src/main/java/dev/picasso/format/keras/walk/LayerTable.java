package dev.picasso.format.keras.walk;

import dev.picasso.format.layout.Unsupported;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Which handler is for which class of layers. Families of layers add to it, then it is read. */
public final class LayerTable {
  private final Map<String, LayerHandler> handlers = new TreeMap<>();
  private final Map<String, Function<String, LayerHandler>> families = new TreeMap<>();

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

  /** Whole families by the beginning of their kinds; their look-up says why one is refused. */
  public void putFamily(String prefix, Function<String, LayerHandler> lookUp) {
    if (families.put(prefix, lookUp) != null) {
      throw new IllegalStateException("two families for " + prefix);
    }
  }

  /**
   * The handler for a class of layers.
   *
   * @throws Unsupported if there is none, with the reason where one is known
   */
  public LayerHandler find(String kind) {
    LayerHandler handler = handlers.get(kind);
    if (handler != null) {
      return handler;
    }
    return families.entrySet().stream()
        .filter(e -> kind.startsWith(e.getKey()))
        .findFirst()
        .map(e -> e.getValue().apply(kind))
        .orElseThrow(() -> new Unsupported("there is no importer for this layer."));
  }

  /** All classes of layers, in the order of the alphabet. */
  public Set<String> kinds() {
    return Collections.unmodifiableSet(handlers.keySet());
  }
}
