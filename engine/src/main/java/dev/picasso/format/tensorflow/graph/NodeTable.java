package dev.picasso.format.tensorflow.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which handler is for which operator. Families of operators add to it, then it is read. */
final class NodeTable {
  private final Map<String, NodeHandler> handlers = new HashMap<>();
  private final Set<String> sources = new HashSet<>();
  private final Set<String> forgiving = new HashSet<>();

  /** All operators that are more than a function of numbers. */
  static NodeTable standard() {
    NodeTable table = new NodeTable();
    Constants.addTo(table);
    Entrances.addTo(table);
    VariableNodes.addTo(table);
    Passing.addTo(table);
    Branching.addTo(table);
    Randomness.addTo(table);
    Atrous.addTo(table);
    return table;
  }

  /** Operators that are read once all their inputs are. */
  void put(NodeHandler handler, String... ops) {
    for (String op : ops) {
      if (handlers.put(op, handler) != null) {
        throw new IllegalStateException("two handlers for " + op);
      }
    }
  }

  /** Operators whose inputs do not matter. */
  void putSource(NodeHandler handler, String... ops) {
    put(handler, ops);
    sources.addAll(Set.of(ops));
  }

  /** Operators that look themselves at inputs which are dead or could not be made. */
  void putForgiving(NodeHandler handler, String... ops) {
    put(handler, ops);
    forgiving.addAll(Set.of(ops));
  }

  Optional<NodeHandler> find(String op) {
    return Optional.ofNullable(handlers.get(op));
  }

  boolean isSource(String op) {
    return sources.contains(op);
  }

  boolean isForgiving(String op) {
    return forgiving.contains(op);
  }

  /** All operators, in no order. */
  Set<String> operators() {
    return Set.copyOf(handlers.keySet());
  }
}
