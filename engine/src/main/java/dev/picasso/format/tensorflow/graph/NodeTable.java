package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.layout.Unsupported;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which handler is for which operator. Families of operators add to it, then it is read. */
public final class NodeTable {
  private final Map<String, NodeHandler> handlers = new HashMap<>();
  private final Map<String, NodeHandler> endings = new HashMap<>();
  private final Set<String> sources = new HashSet<>();
  private final Set<String> forgiving = new HashSet<>();
  private final Set<String> refused = new HashSet<>();

  /** All operators that are more than a function of numbers. */
  public static NodeTable standard() {
    NodeTable table = new NodeTable();
    Constants.addTo(table);
    Entrances.addTo(table);
    VariableNodes.addTo(table);
    Passing.addTo(table);
    Branching.addTo(table);
    Randomness.addTo(table);
    Atrous.addTo(table);
    DensePixels.addTo(table);
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

  /** Operators that cannot be imported, for a reason that is told instead of their names alone. */
  void refuse(String reason, String... ops) {
    putSource(
        call -> {
          throw new Unsupported(reason);
        },
        ops);
    refused.addAll(Set.of(ops));
  }

  /** Operators that look themselves at inputs which are dead or could not be made. */
  void putForgiving(NodeHandler handler, String... ops) {
    put(handler, ops);
    forgiving.addAll(Set.of(ops));
  }

  /**
   * Functions of numbers that may be the last of several operators which are one operation. They
   * are asked when all inputs are numbers.
   */
  void putEnding(NodeHandler handler, String op) {
    if (endings.put(op, handler) != null) {
      throw new IllegalStateException("two handlers for " + op);
    }
  }

  /** Reads a function of numbers. */
  NodeHandler function(String op) {
    return endings.getOrDefault(op, NodeCall::function);
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

  /**
   * The names of all operators that can be imported, beside those that are functions of numbers.
   */
  public Set<String> operators() {
    Set<String> operators = new HashSet<>(handlers.keySet());
    operators.removeAll(refused);
    return Set.copyOf(operators);
  }
}
