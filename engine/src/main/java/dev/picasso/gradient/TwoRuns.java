package dev.picasso.gradient;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A graph that runs on two inputs at once: on x, under the names that it has, and on a baseline,
 * under the same names behind {@value #BASELINE}. What does not depend on x is there once.
 */
public final class TwoRuns {
  /** What the name of a value of the second run begins with, its input's too. */
  public static final String BASELINE = "picasso/baseline/";

  private TwoRuns() {}

  /** The name of a value in the second run. */
  public static String name(String value) {
    return BASELINE + value;
  }

  /** Both runs; the baseline is an input beside x, of its type and shape. */
  public static Graph of(Graph graph, String x) {
    Value input = graph.value(x);
    List<Value> inputs = new ArrayList<>(graph.inputs());
    inputs.add(new Value(name(x), input.type(), input.shape()));
    return of(graph, x, inputs, List.of(), Map.of());
  }

  /**
   * Both runs with the same baseline for every row.
   *
   * @param baseline [1, …], of the type of x
   */
  public static Graph of(Graph graph, String x, Tensor baseline) {
    Value input = graph.value(x);
    String zero = BASELINE + "0";
    String one = BASELINE + "row";
    String zeros = BASELINE + "zeros";
    Tensor nothing = Tensor.scalar(0f).as(input.type());
    List<Node> nodes =
        List.of(
            new Node(zeros, "Mul", List.of(x, zero), List.of(zeros), Attributes.none()),
            new Node(name(x), "Add", List.of(zeros, one), List.of(name(x)), Attributes.none()));
    return of(graph, x, graph.inputs(), nodes, Map.of(zero, nothing, one, baseline));
  }

  private static Graph of(
      Graph graph, String x, List<Value> inputs, List<Node> first, Map<String, Tensor> more) {
    Set<String> dependent = new HashSet<>(Set.of(x));
    List<Node> nodes = new ArrayList<>(first);
    nodes.addAll(graph.nodes());
    Map<String, Value> values = new HashMap<>(graph.values());
    Value input = graph.value(x);
    first.forEach(
        node -> values.put(node.output(), new Value(node.output(), input.type(), input.shape())));
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(dependent::contains)) {
        nodes.add(again(node, dependent));
        for (String output : node.outputs()) {
          dependent.add(output);
          graph
              .find(output)
              .ifPresent(
                  v -> values.put(name(output), new Value(name(output), v.type(), v.shape())));
        }
        dependent.remove("");
      }
    }
    Map<String, Tensor> constants = new LinkedHashMap<>(graph.constants());
    constants.putAll(more);
    return Graph.of(inputs, graph.outputs(), nodes, constants, values);
  }

  private static Node again(Node node, Set<String> dependent) {
    return new Node(
        name(node.name()),
        node.domain(),
        node.op(),
        node.inputs().stream().map(i -> dependent.contains(i) ? name(i) : i).toList(),
        node.outputs().stream().map(o -> o.isEmpty() ? o : name(o)).toList(),
        node.attributes());
  }

  /** The values of a node in both runs, as rules see them. */
  record Pair(Graph graph, GraphBuilder g, NodeView node) {
    /** Whether an input differs between the runs. */
    boolean differs(int i) {
      return graph.find(name(node.node().inputs().get(i))).isPresent();
    }

    /** An input in the second run. */
    Value input(int i) {
      return other(node.node().inputs().get(i)).orElseGet(() -> node.input(i));
    }

    /** The output in the second run. */
    Value output() {
      return other(node.node().output()).orElseGet(node::output);
    }

    /** The mean of an input over both runs. */
    Value mean(int i) {
      return differs(i) ? g.mul(g.add(node.input(i), input(i)), .5) : node.input(i);
    }

    private Optional<Value> other(String value) {
      return graph.find(name(value)).map(v -> g.lookUp(v.name()));
    }
  }
}
