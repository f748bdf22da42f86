package dev.picasso.gradient;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules by operator, while they are being collected. An operator has a rule, is declared zero, or
 * is unknown; unknown is never zero.
 */
final class RuleTable {
  /** The gradient for input i; empty where it is zero. */
  interface Entry {
    Optional<Value> gradient(GraphBuilder g, NodeView node, int i);
  }

  private final Map<String, Entry> entries = new HashMap<>();
  private final Set<String> flat = new HashSet<>();

  /** One rule for each input; inputs beyond them (axes, shapes) have no gradient. */
  void put(String op, Rule... perInput) {
    add(
        op,
        (g, node, i) -> {
          if (i >= perInput.length) {
            throw new UnsupportedGradientException(
                "its input " + i + " depends on the pixels, for which there is no rule");
          }
          return node.gradient(0).map(dy -> perInput[i].gradient(g, node, dy));
        });
  }

  /** One rule for all inputs alike. */
  void putForAll(String op, Rule.Indexed rule) {
    add(op, (g, node, i) -> node.gradient(0).map(dy -> rule.gradient(g, node, dy, i)));
  }

  /** A rule for the first input of an operator with several outputs. */
  void putMultiple(String op, Rule.Multiple rule) {
    add(
        op,
        (g, node, i) -> {
          if (i > 0) {
            throw new UnsupportedGradientException(
                "its input " + i + " depends on the pixels, for which there is no rule");
          }
          return Optional.of(rule.gradient(g, node));
        });
  }

  /** Operators that are flat almost everywhere. */
  void zero(String... ops) {
    for (String op : ops) {
      flat.add(op);
      add(op, (g, node, i) -> Optional.empty());
    }
  }

  private void add(String op, Entry entry) {
    if (entries.put(op, entry) != null) {
      throw new IllegalStateException("two rules for " + op);
    }
  }

  Map<String, Entry> entries() {
    return Map.copyOf(entries);
  }

  /** The operators that are declared zero. */
  Set<String> flat() {
    return Set.copyOf(flat);
  }
}
