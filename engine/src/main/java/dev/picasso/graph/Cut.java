package dev.picasso.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph in two that are run one after the other: what does not depend on some of its inputs, and
 * the rest. When those inputs alone change, only the rest is to be run again.
 *
 * @param before reads the other inputs; its outputs are those of the whole graph that it can tell,
 *     and after them {@link #kept}
 * @param after reads the inputs in question, some of the others, and {@link #kept}; its outputs are
 *     the rest of the whole graph's
 * @param kept names of the values that are handed over
 */
public record Cut(Graph before, Graph after, List<String> kept) {
  public Cut {
    kept = List.copyOf(kept);
  }

  /**
   * Cuts a graph; what can be computed from constants alone is computed on either side, and so is
   * what is not known well enough to be handed over.
   *
   * @param late names of the inputs that change
   */
  public static Cut of(Graph graph, Set<String> late) {
    Set<Node> after = after(graph, late);
    Set<String> madeAfter = new HashSet<>();
    after.forEach(node -> madeAfter.addAll(node.outputs()));
    Set<String> read = new LinkedHashSet<>();
    after.forEach(node -> read.addAll(node.inputs()));
    List<String> kept =
        read.stream()
            .filter(name -> graph.producer(name).isPresent() && !madeAfter.contains(name))
            .toList();
    List<String> rest =
        graph.outputs().stream().filter(o -> madeAfter.contains(o) || late.contains(o)).toList();
    Set<String> first = new LinkedHashSet<>(graph.outputs());
    rest.forEach(first::remove);
    first.addAll(kept);
    List<Node> inOrder = graph.nodes().stream().filter(after::contains).toList();
    return new Cut(
        part(graph, graph.nodes(), List.copyOf(first), List.of()),
        part(graph, inOrder, rest, kept),
        kept);
  }

  private static Set<Node> after(Graph graph, Set<String> late) {
    Set<String> dependent = new HashSet<>(late);
    Set<String> changing = new HashSet<>();
    graph.inputs().forEach(input -> changing.add(input.name()));
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(dependent::contains)) {
        dependent.addAll(node.outputs());
      }
      if (node.inputs().stream().anyMatch(changing::contains)) {
        changing.addAll(node.outputs());
      }
    }
    dependent.remove("");
    changing.remove("");
    Set<Node> after = new HashSet<>();
    Set<String> read = new HashSet<>();
    for (int n = graph.nodes().size() - 1; n >= 0; n--) {
      Node node = graph.nodes().get(n);
      boolean again =
          node.outputs().stream()
              .filter(read::contains)
              .anyMatch(o -> !changing.contains(o) || graph.find(o).isEmpty());
      if (again || node.outputs().stream().anyMatch(dependent::contains)) {
        after.add(node);
        node.inputs().stream().filter(i -> !i.isEmpty()).forEach(read::add);
      }
    }
    return after;
  }

  /** Some nodes of a graph, as far as these outputs need them, with the inputs that they read. */
  private static Graph part(
      Graph graph, List<Node> nodes, List<String> outputs, List<String> kept) {
    List<Value> inputs = new ArrayList<>(graph.inputs());
    kept.forEach(name -> inputs.add(graph.value(name)));
    Graph part =
        Graph.of(inputs, outputs, nodes, graph.constants(), graph.values()).withOutputs(outputs);
    Set<String> read = new HashSet<>(outputs);
    part.nodes().forEach(node -> read.addAll(node.inputs()));
    List<Value> used = inputs.stream().filter(input -> read.contains(input.name())).toList();
    return Graph.of(used, outputs, part.nodes(), part.constants(), part.values());
  }
}
