package dev.picasso.graph.pass;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
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
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Takes out what changes nothing: identities, dropouts, reshapes to the same shape. */
public final class Simplification {
  /** Of the same shape as their input these are their input. */
  private static final Set<String> RESHAPING =
      Set.of("Reshape", "Flatten", "Squeeze", "Unsqueeze", "Expand", "Tile");

  /**
   * The same graph with fewer nodes.
   *
   * @param keep values besides the outputs that keep their names
   */
  public Graph apply(Graph graph, Collection<String> keep) {
    return pass(SoftmaxAxes.unflattened(graph, keep), keep);
  }

  private static Graph pass(Graph graph, Collection<String> keep) {
    Set<String> kept = new HashSet<>(graph.outputs());
    kept.addAll(keep);
    Set<String> read = new HashSet<>(kept);
    graph.nodes().forEach(n -> read.addAll(n.inputs()));
    Map<String, Node> made = new HashMap<>();
    GraphEdit edit = new GraphEdit(graph);
    for (Node node : graph.nodes()) {
      Node now = composed(edit.resolved(node), made, kept);
      String x = now.inputs().isEmpty() ? "" : now.inputs().get(0);
      boolean single = now.outputs().stream().skip(1).noneMatch(read::contains);
      if (!single || !changesNothing(graph, edit, now)) {
        edit.add(now);
        now.outputs().forEach(o -> made.put(o, now));
      } else if (!kept.contains(now.output())) {
        edit.alias(now.output(), x);
      } else if (made.containsKey(x) && !kept.contains(x)) {
        edit.rename(x, now.output());
      } else {
        edit.add(
            new Node(now.name(), "Identity", List.of(x), List.of(now.output()), Attributes.none()));
      }
    }
    return edit.build(keep);
  }

  private static boolean changesNothing(Graph graph, GraphEdit edit, Node node) {
    if (!node.domain().isEmpty()) {
      return false;
    }
    return switch (node.op()) {
      case "Identity", "Dropout" -> node.inputs().stream().skip(1).allMatch(String::isEmpty);
      case "Cast" -> sameType(graph, node);
      case "Pad" ->
          edit.constant(node.inputs().get(1))
              .filter(p -> LongStream.of(p.longs()).allMatch(n -> n == 0))
              .isPresent();
      case "Transpose" -> isStill(permutation(node));
      default -> RESHAPING.contains(node.op()) && sameShape(graph, node);
    };
  }

  private static boolean sameType(Graph graph, Node node) {
    Optional<DataType> to = DataType.ofOnnxCode((int) node.attributes().integer("to", 0));
    return to.isPresent() && graph.find(node.inputs().get(0)).map(Value::type).equals(to);
  }

  private static boolean sameShape(Graph graph, Node node) {
    Optional<Shape> x = graph.find(node.inputs().get(0)).map(Value::shape);
    return x.isPresent() && x.equals(graph.find(node.output()).map(Value::shape));
  }

  /** A transpose of a transpose, as one. */
  private static Node composed(Node node, Map<String, Node> made, Set<String> kept) {
    if (!node.op().equals("Transpose")) {
      return node;
    }
    Node before = made.get(node.inputs().get(0));
    if (before == null || !before.op().equals("Transpose") || kept.contains(before.output())) {
      return node;
    }
    Optional<long[]> second = permutation(node);
    Optional<long[]> first = permutation(before);
    if (first.isEmpty() || second.isEmpty()) {
      return node;
    }
    long[] both = LongStream.of(second.get()).map(i -> first.get()[(int) i]).toArray();
    return new Node(
        node.name(),
        "Transpose",
        before.inputs(),
        node.outputs(),
        node.attributes().with("perm", both));
  }

  private static Optional<long[]> permutation(Node node) {
    return node.attributes().integers("perm");
  }

  private static boolean isStill(Optional<long[]> permutation) {
    return permutation.isPresent()
        && IntStream.range(0, permutation.get().length).allMatch(i -> permutation.get()[i] == i);
  }
}
