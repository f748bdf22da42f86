package dev.picasso.format.onnx.integers;

import dev.picasso.graph.Node;

/** Makes of a node of the file what it means in real numbers. */
@FunctionalInterface
interface Handler {
  /** Whether it could; if not, nothing has been made of the node's outputs. */
  boolean make(RealGraph g, Numbers numbers, Node node);

  /**
   * An input that the operator must have.
   *
   * @throws IllegalArgumentException if it is left out
   */
  static String input(Node node, int i) {
    if (!node.hasInput(i)) {
      throw new IllegalArgumentException(node.name() + " (" + node.op() + ") lacks input " + i);
    }
    return node.inputs().get(i);
  }

  /** An input that may be left out; empty where it is. */
  static String optional(Node node, int i) {
    return node.hasInput(i) ? node.inputs().get(i) : "";
  }
}
