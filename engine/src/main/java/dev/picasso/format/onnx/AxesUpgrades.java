package dev.picasso.format.onnx;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.List;

/** Operators along axes: softmax, reductions, TopK. */
final class AxesUpgrades {
  private AxesUpgrades() {}

  static void addTo(OpsetUpgrade table) {
    for (String op : List.of("Softmax", "LogSoftmax", "Hardmax")) {
      table.below(13, op, AxesUpgrades::flattened);
    }
    table.below(13, "ReduceSum", AxesUpgrades::axes);
    for (String op :
        List.of("Max", "Min", "Mean", "Prod", "L1", "L2", "LogSum", "LogSumExp", "SumSquare")) {
      table.below(18, "Reduce" + op, AxesUpgrades::axes);
    }
    table.below(13, "Squeeze", AxesUpgrades::axes);
    table.below(13, "Unsqueeze", AxesUpgrades::axes);
    table.below(10, "TopK", AxesUpgrades::countAsInput);
    table.below(20, "DFT", AxesUpgrades::axisAsInput);
  }

  private static Node axes(Node node, GraphDraft g) {
    return Rewrite.integersToInput(node, g, "axes", 1);
  }

  /** Before opset 13 all axes from this one on were taken together as one. */
  private static Node flattened(Node node, GraphDraft g) {
    long axis = node.attributes().integer("axis", 1);
    if (axis == -1) {
      return Rewrite.attributes(node, Attributes.of("axis", -1));
    }
    String x = node.inputs().get(0);
    String shape = g.emit(node, "Shape", Attributes.none(), x);
    String flat = g.emit(node, "Flatten", Attributes.of("axis", axis), x);
    String y = g.emit(node, node.op(), Attributes.of("axis", -1), flat);
    return new Node(node.name(), "Reshape", List.of(y, shape), node.outputs(), Attributes.none());
  }

  private static Node countAsInput(Node node, GraphDraft g) {
    String k = g.constant(node, "k", Tensor.longs(node.attributes().integer("k", 1)));
    return Rewrite.attributes(Rewrite.input(node, 1, k), node.attributes().without("k"));
  }

  private static Node axisAsInput(Node node, GraphDraft g) {
    String axis =
        g.constant(node, "axis", Tensor.of(new long[] {node.attributes().integer("axis", 1)}));
    return Rewrite.attributes(Rewrite.input(node, 2, axis), node.attributes().without("axis"));
  }
}
