package dev.picasso.gradient;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Which values of a graph depend on its inputs; the others are the same for all pixels. */
final class Dependence {
  /** Lengths of axes do not change with what lies along them. */
  private static final Set<String> LENGTHS = Set.of("Shape", "Size");

  private final Set<String> varying;

  private Dependence(Set<String> varying) {
    this.varying = varying;
  }

  static Dependence of(Graph graph) {
    Set<String> varying = new HashSet<>();
    graph.inputs().forEach(input -> varying.add(input.name()));
    for (Node node : graph.nodes()) {
      if (LENGTHS.contains(node.op())) {
        continue;
      }
      if (node.inputs().stream().anyMatch(varying::contains)) {
        varying.addAll(node.outputs());
      }
    }
    varying.remove("");
    return new Dependence(Set.copyOf(varying));
  }

  boolean varies(String value) {
    return varying.contains(value);
  }

  /** The places among a node's inputs, up to a number of them, that depend on the pixels. */
  List<Integer> varying(Node node, int first) {
    return IntStream.range(0, Math.min(first, node.inputs().size()))
        .filter(i -> varies(node.inputs().get(i)))
        .boxed()
        .toList();
  }

  List<Integer> varying(Node node) {
    return varying(node, node.inputs().size());
  }
}
