package dev.picasso.format.tensorflow.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.NodeDef;

/** Which nodes of a graph read what another one makes, or come after it. */
final class Uses {
  /**
   * One node that reads a tensor.
   *
   * @param output of which the tensor is, counted from 0
   * @param place among the inputs of the reader; -1 where it only comes after
   */
  record Use(NodeDef reader, int output, int place) {}

  private final Map<String, List<Use>> uses = new HashMap<>();

  Uses(Frame frame, Wiring wiring) {
    for (NodeDef node : frame.body().nodes().values()) {
      List<Ref> inputs = wiring.inputs(frame, node);
      for (int i = 0; i < inputs.size(); i++) {
        add(inputs.get(i), new Use(node, inputs.get(i).output(), i));
      }
      wiring.controls(frame, node).forEach(c -> add(c, new Use(node, 0, -1)));
    }
  }

  private void add(Ref tensor, Use use) {
    uses.computeIfAbsent(tensor.node(), k -> new ArrayList<>()).add(use);
  }

  /** Who reads a node's outputs, or comes after it, in the order of the file. */
  List<Use> of(String node) {
    return uses.getOrDefault(node, List.of());
  }

  /** Who reads a node's outputs. */
  List<NodeDef> readers(String node) {
    return of(node).stream().filter(u -> u.place() >= 0).map(Use::reader).toList();
  }
}
