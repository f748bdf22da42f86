package dev.picasso.gradient;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Values that are never negative, whatever the pixels are: mostly what comes out of a ReLU. */
final class Signs {
  private static final Set<String> NEVER_NEGATIVE =
      Set.of(
          "Relu",
          "Sigmoid",
          "HardSigmoid",
          "Softmax",
          "Softplus",
          "Abs",
          "Exp",
          "Sqrt",
          "ReduceL1",
          "ReduceL2",
          "ReduceSumSquare",
          "LpPool",
          "GlobalLpPool");

  /** Not negative if none of their inputs is. */
  private static final Set<String> KEEPING =
      Set.of(
          "Add",
          "Mul",
          "Div",
          "Sum",
          "Mean",
          "Min",
          "MaxPool",
          "MaxUnpool",
          "GlobalMaxPool",
          "AveragePool",
          "GlobalAveragePool",
          "ReduceSum",
          "ReduceMean",
          "ReduceMax",
          "ReduceMin",
          "LRN");

  private final Graph graph;
  private final Set<String> notNegative = new HashSet<>();

  private Signs(Graph graph) {
    this.graph = graph;
  }

  /** The names of the values of a graph that are never negative, constants left out. */
  static Set<String> neverNegative(Graph graph) {
    Signs signs = new Signs(graph);
    for (Node node : graph.nodes()) {
      if (signs.holds(node)) {
        signs.notNegative.addAll(node.outputs());
      }
    }
    return Set.copyOf(signs.notNegative);
  }

  private boolean holds(Node node) {
    if (!node.domain().isEmpty()) {
      return false;
    }
    String op = node.op();
    if (NEVER_NEGATIVE.contains(op)) {
      return true;
    }
    if (op.equals("Clip")) {
      return Operations.isNotNegative(graph, node, 1);
    }
    if (op.equals("Max")) {
      return anyInput(node, i -> isNotNegative(node, i));
    }
    if (KEEPING.contains(op)) {
      return !anyInput(node, i -> isFloating(node, i) && !isNotNegative(node, i))
          || (op.equals("Mul") && node.inputs().get(0).equals(node.inputs().get(1)));
    }
    if (op.equals("Concat")) {
      return !anyInput(node, i -> !isNotNegative(node, i));
    }
    if (op.equals("Pad")) {
      return isNotNegative(node, 0) && (!node.hasInput(2) || isNotNegative(node, 2));
    }
    return Operations.MOVES.contains(op) && isNotNegative(node, 0);
  }

  private boolean isNotNegative(Node node, int i) {
    return notNegative.contains(node.inputs().get(i)) || Operations.isNotNegative(graph, node, i);
  }

  /** Axes and shapes are integers, and no part of what is summed. */
  private boolean isFloating(Node node, int i) {
    return graph.find(node.inputs().get(i)).map(v -> v.type().isFloating()).orElse(true);
  }

  private static boolean anyInput(Node node, Predicate<Integer> is) {
    for (int i = 0; i < node.inputs().size(); i++) {
      if (node.hasInput(i) && is.test(i)) {
        return true;
      }
    }
    return false;
  }
}
