package dev.picasso.format.tensorflow.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;

/** The functions that a graph brings with it. */
final class Library {
  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final Map<String, Body> bodies = new HashMap<>();

  Library(GraphDef graph) {
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      functions.put(function.getSignature().getName(), function);
    }
  }

  /** The function of that name. */
  Optional<Body> find(String name) {
    FunctionDef function = functions.get(name);
    return function == null
        ? Optional.empty()
        : Optional.of(bodies.computeIfAbsent(name, n -> Body.of(function)));
  }
}
