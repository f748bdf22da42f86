package dev.picasso.format.onnx;

import dev.picasso.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings nodes from the opset of their file to {@link dev.picasso.graph.Graph#OPSET}: a table of
 * steps, each for one operator and the versions below one that changed it. Operators without an
 * entry mean the same in all versions that are read.
 */
final class OpsetUpgrade {
  /** The meaning of a node put in the words of a later version; it may emit others before it. */
  interface Step {
    Node apply(Node node, GraphDraft g);
  }

  private record Entry(long below, Step step) {}

  private final Map<String, List<Entry>> steps = new HashMap<>();

  private OpsetUpgrade() {}

  static OpsetUpgrade standard(Notes notes) {
    OpsetUpgrade table = new OpsetUpgrade();
    FirstOpsets.addTo(table);
    AxesUpgrades.addTo(table);
    NeuralUpgrades.addTo(table, notes);
    ResizeUpgrades.addTo(table);
    LayoutUpgrades.addTo(table);
    NewerOperators.addTo(table);
    ExperimentalOperators.addTo(table);
    return table;
  }

  /** Steps of one operator are registered from old to new. */
  void below(long version, String op, Step step) {
    steps.computeIfAbsent(op, k -> new ArrayList<>()).add(new Entry(version, step));
  }

  /** A step for every version. */
  void always(String op, Step step) {
    below(Long.MAX_VALUE, op, step);
  }

  /** The node that has this one's outputs, in today's semantics. */
  Node apply(Node node, long version, GraphDraft g) {
    Node now = FirstOpsets.withoutConsumed(node);
    for (Entry entry : steps.getOrDefault(node.op(), List.of())) {
      if (version < entry.below()) {
        now = entry.step().apply(now, g);
      }
    }
    return now;
  }
}
