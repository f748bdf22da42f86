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
  /** What goes back to the input that the node is asked for; empty where it is zero. */
  interface Entry {
    Optional<Value> gradient(GraphBuilder g, NodeView node);
  }

  private final Map<String, Entry> entries = new HashMap<>();
  private final Set<String> flat = new HashSet<>();

  /** The true gradients. */
  static RuleTable plain() {
    RuleTable table = new RuleTable();
    ActivationRules.addTo(table);
    ArithmeticRules.addTo(table);
    ConvolutionRules.addTo(table);
    PoolingRules.addTo(table);
    MatrixRules.addTo(table);
    ReductionRules.addTo(table);
    NormalizationRules.addTo(table);
    LayoutRules.addTo(table);
    IndexingRules.addTo(table);
    ResizeRules.addTo(table);
    return table;
  }

  /** One rule for each input; inputs beyond them (axes, shapes) have no gradient. */
  void put(String op, Rule... perInput) {
    add(
        op,
        (g, node) -> {
          requirePlace(node, perInput.length);
          return entry(perInput[node.place()]).gradient(g, node);
        });
  }

  /** One rule for all inputs alike. */
  void putForAll(String op, Rule rule) {
    add(op, entry(rule));
  }

  /** A rule for the first input of an operator with several outputs. */
  void putMultiple(String op, Rule.Multiple rule) {
    add(
        op,
        (g, node) -> {
          requirePlace(node, 1);
          return Optional.of(rule.gradient(g, node));
        });
  }

  /** Operators that are flat almost everywhere. */
  void zero(String... ops) {
    for (String op : ops) {
      flat.add(op);
      add(op, (g, node) -> Optional.empty());
    }
  }

  /** A rule as an entry: zero where nothing arrived at the first output. */
  static Entry entry(Rule rule) {
    return (g, node) -> node.gradient(0).map(dy -> rule.gradient(g, node, dy));
  }

  private static void requirePlace(NodeView node, int inputs) {
    if (node.place() >= inputs) {
      throw new UnsupportedGradientException(
          "its input " + node.place() + " depends on the pixels, for which there is no rule");
    }
  }

  /** An entry as it is, which may say that some inputs get nothing. */
  void add(String op, Entry entry) {
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
