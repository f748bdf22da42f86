package dev.picasso.graph.pass;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Softmax of old opsets works on a flattened matrix. Where the axes behind its own have length one
 * that is softmax along one axis, without the reshapes around it.
 */
final class SoftmaxAxes {
  private static final Set<String> OPS = Set.of("Softmax", "LogSoftmax", "Hardmax");

  private SoftmaxAxes() {}

  static Graph unflattened(Graph graph, Collection<String> keep) {
    Map<String, List<Node>> readers = graph.consumers();
    Set<String> kept = new HashSet<>(graph.outputs());
    kept.addAll(keep);
    Map<Node, Node> replacements = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op().equals("Reshape")) {
        direct(graph, node, readers, kept).ifPresent(n -> replacements.put(node, n));
      }
    }
    if (replacements.isEmpty()) {
      return graph;
    }
    GraphEdit edit = new GraphEdit(graph);
    graph.nodes().forEach(n -> edit.add(replacements.getOrDefault(n, n)));
    return edit.build(keep);
  }

  private static Optional<Node> direct(
      Graph graph, Node reshape, Map<String, List<Node>> readers, Set<String> kept) {
    Optional<Node> softmax =
        graph
            .producer(reshape.inputs().get(0))
            .filter(n -> OPS.contains(n.op()) && n.attributes().integer("axis", -1) == -1)
            .filter(n -> !kept.contains(n.output()))
            .filter(n -> readers.getOrDefault(n.output(), List.of()).size() == 1);
    Optional<Node> flatten =
        softmax
            .flatMap(n -> graph.producer(n.inputs().get(0)))
            .filter(n -> n.op().equals("Flatten"));
    if (flatten.isEmpty()) {
      return Optional.empty();
    }
    Optional<Shape> x = graph.find(flatten.get().inputs().get(0)).map(Value::shape);
    Optional<Shape> y = graph.find(reshape.output()).map(Value::shape);
    if (x.isEmpty() || !x.equals(y)) {
      return Optional.empty();
    }
    int rank = x.get().rank();
    long axis = flatten.get().attributes().integer("axis", 1);
    int from = (int) (axis < 0 ? axis + rank : axis);
    if (from >= rank) {
      return Optional.empty();
    }
    for (int i = from + 1; i < rank; i++) {
      if (x.get().dim(i) != 1) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Node(
            reshape.name(),
            softmax.orElseThrow().op(),
            List.of(flatten.get().inputs().get(0)),
            reshape.outputs(),
            Attributes.of("axis", from)));
  }
}
