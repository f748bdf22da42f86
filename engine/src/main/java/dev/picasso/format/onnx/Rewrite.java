package dev.picasso.format.onnx;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small changes of nodes. */
final class Rewrite {
  private Rewrite() {}

  static Node op(Node node, String op) {
    return new Node(
        node.name(), node.domain(), op, node.inputs(), node.outputs(), node.attributes());
  }

  static Node attributes(Node node, Attributes attributes) {
    return new Node(
        node.name(), node.domain(), node.op(), node.inputs(), node.outputs(), attributes);
  }

  static Node inputs(Node node, List<String> inputs) {
    return new Node(
        node.name(), node.domain(), node.op(), inputs, node.outputs(), node.attributes());
  }

  static Node outputs(Node node, List<String> outputs) {
    return new Node(
        node.name(), node.domain(), node.op(), node.inputs(), outputs, node.attributes());
  }

  /** With input i set; inputs before it that are missing are left out. */
  static Node input(Node node, int i, String value) {
    List<String> inputs = new ArrayList<>(node.inputs());
    while (inputs.size() <= i) {
      inputs.add("");
    }
    inputs.set(i, value);
    return inputs(node, inputs);
  }

  /** An attribute of integers that became input i, where it is given. */
  static Node integersToInput(Node node, GraphDraft g, String attribute, int i) {
    Optional<long[]> values = node.attributes().integers(attribute);
    if (values.isEmpty()) {
      return node;
    }
    String constant = g.constant(node, attribute, Tensor.longs(values.get()));
    return attributes(input(node, i, constant), node.attributes().without(attribute));
  }
}
