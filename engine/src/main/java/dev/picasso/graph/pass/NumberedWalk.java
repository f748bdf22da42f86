package dev.picasso.graph.pass;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Types and shapes of a graph for one number of images, by rule. Target shapes that the graph
 * computes are computed on the way, which takes no run of the graph: only of the few operators that
 * make them.
 */
final class NumberedWalk {
  private final Graph graph;
  private final Map<String, Tensor> constants;
  private final ShapeWalk walk;

  private NumberedWalk(Graph graph, Map<String, Tensor> constants, ShapeWalk walk) {
    this.graph = graph;
    this.constants = constants;
    this.walk = walk;
  }

  static NumberedWalk of(Graph graph, long batch, Evaluator evaluator) {
    List<Value> inputs =
        graph.inputs().stream()
            .map(i -> new Value(i.name(), i.type(), i.shape().withBatch(batch)))
            .toList();
    Map<String, Tensor> constants = new HashMap<>(graph.constants());
    ShapeWalk walk = new ShapeWalk(inputs, constants);
    KnownNumbers numbers = new KnownNumbers(evaluator, constants);
    for (Node node : graph.nodes()) {
      for (int input : ShapingInputs.of(node)) {
        numbers.find(node.inputs().get(input));
      }
      walk.step(node);
      numbers.add(node, walk);
    }
    return new NumberedWalk(graph, constants, walk);
  }

  /** Type and shape of a value, where the rules tell them. */
  Optional<Value> find(String name) {
    return walk.find(name);
  }

  /** The graph with constants for the target shapes that it computes, where they are known. */
  Graph withNumbers() {
    Map<String, Tensor> all = new HashMap<>(graph.constants());
    Set<String> taken = new HashSet<>(all.keySet());
    graph.inputs().forEach(i -> taken.add(i.name()));
    graph.nodes().forEach(n -> taken.addAll(n.outputs()));
    Map<String, String> known = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Node now = node;
      for (int input : ShapingInputs.of(node)) {
        String name = node.inputs().get(input);
        Tensor tensor = constants.get(name);
        if (tensor != null && !graph.constants().containsKey(name)) {
          String constant = known.computeIfAbsent(name, n -> unique(n + "/known", taken));
          all.put(constant, tensor);
          now = GraphEdit.withInput(now, input, constant);
        }
      }
      nodes.add(now);
    }
    return Graph.of(graph.inputs(), graph.outputs(), nodes, all, Map.of())
        .withOutputs(graph.outputs());
  }

  private static String unique(String wanted, Set<String> taken) {
    String free = wanted;
    for (int i = 1; !taken.add(free); i++) {
      free = wanted + "_" + i;
    }
    return free;
  }
}
