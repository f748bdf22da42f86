package dev.picasso.attribution;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Graphs in which a value is computed otherwise than the model does. */
public final class Grafts {
  private Grafts() {}

  /**
   * A graph with another value in the place of one.
   *
   * @param whole the graph as it is
   * @param value one of its inputs, or what a node of it makes
   * @param g a builder that began with {@code whole}
   * @param by what was built there in its place; it may depend on all that does not depend on it
   * @param outputs names of values of the whole graph, of which the replaced one is none
   * @return a graph with those inputs that it reads, and these outputs
   */
  public static Graph replaced(
      Graph whole, String value, GraphBuilder g, Value by, Collection<String> outputs) {
    if (outputs.contains(value)) {
      throw new InapplicableException(
          "What is explained lies in the layer "
              + value
              + " itself, which this method changes; choose a layer before it.");
    }
    Graph front = g.build(by);
    String now = front.outputs().get(0);
    List<Node> nodes = new ArrayList<>(front.nodes());
    Set<String> made = new HashSet<>();
    nodes.forEach(n -> made.addAll(n.outputs()));
    for (Node node : whole.nodes()) {
      if (node.outputs().stream().noneMatch(made::contains)) {
        nodes.add(reading(node, value, now));
      }
    }
    Map<String, Tensor> constants = new LinkedHashMap<>(whole.constants());
    constants.putAll(front.constants());
    Map<String, Value> values = new HashMap<>(whole.values());
    values.putAll(front.values());
    Graph all =
        Graph.of(front.inputs(), List.copyOf(outputs), nodes, constants, values)
            .withOutputs(outputs);
    Set<String> read = new HashSet<>();
    all.nodes().forEach(n -> read.addAll(n.inputs()));
    List<Value> inputs = all.inputs().stream().filter(i -> read.contains(i.name())).toList();
    return Graph.of(inputs, List.copyOf(outputs), all.nodes(), all.constants(), all.values());
  }

  private static Node reading(Node node, String gone, String now) {
    if (!node.inputs().contains(gone)) {
      return node;
    }
    List<String> inputs = node.inputs().stream().map(i -> i.equals(gone) ? now : i).toList();
    return new Node(
        node.name(), node.domain(), node.op(), inputs, node.outputs(), node.attributes());
  }
}
