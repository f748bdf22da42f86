package dev.picasso.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph that answers several questions in one run: what depends on some of its inputs is there
 * once for each, and what does not is there once and shared.
 *
 * @param graph reads those inputs and tells those outputs under their own names for the first
 *     question, and under {@link #name} for the others
 * @param late names of the inputs and values that are there several times
 */
public record Repeated(Graph graph, Set<String> late) {
  public Repeated {
    late = Set.copyOf(late);
  }

  /**
   * Repeats a graph.
   *
   * @param asked names of the inputs that differ from question to question
   * @param times how many questions there are
   */
  public static Repeated of(Graph graph, Set<String> asked, int times) {
    Set<String> late = new HashSet<>(asked);
    List<Node> nodes = new ArrayList<>();
    List<Node> repeated = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(late::contains)) {
        node.outputs().stream().filter(o -> !o.isEmpty()).forEach(late::add);
        repeated.add(node);
      } else {
        nodes.add(node);
      }
    }
    Map<String, Value> values = new LinkedHashMap<>(graph.values());
    List<Value> inputs = new ArrayList<>(graph.inputs());
    List<String> outputs = new ArrayList<>(graph.outputs());
    nodes.addAll(repeated);
    for (int question = 1; question < times; question++) {
      int which = question;
      graph.inputs().stream()
          .filter(i -> late.contains(i.name()))
          .forEach(i -> inputs.add(named(i, which)));
      graph.values().values().stream()
          .filter(v -> late.contains(v.name()))
          .map(v -> named(v, which))
          .forEach(v -> values.put(v.name(), v));
      graph.outputs().stream().filter(late::contains).forEach(o -> outputs.add(name(o, which)));
      repeated.forEach(node -> nodes.add(copy(node, late, which)));
    }
    return new Repeated(Graph.of(inputs, outputs, nodes, graph.constants(), values), late);
  }

  /** What an input or output is called for a question, counted from zero. */
  public static String name(String name, int question) {
    return question == 0 ? name : name + "/question " + question;
  }

  private static Value named(Value value, int question) {
    return new Value(name(value.name(), question), value.type(), value.shape());
  }

  private static Node copy(Node node, Set<String> late, int question) {
    return new Node(
        name(node.name(), question),
        node.domain(),
        node.op(),
        node.inputs().stream().map(i -> late.contains(i) ? name(i, question) : i).toList(),
        node.outputs().stream().map(o -> o.isEmpty() ? o : name(o, question)).toList(),
        node.attributes());
  }
}
