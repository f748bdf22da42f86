package dev.picasso.format.tensorflow.graph;

/**
 * A tensor: one output of a node, or an argument, in a frame.
 *
 * @param output which output of the node, counted from 0
 */
record Ref(Frame frame, String node, int output) {

  /**
   * What a node writes of an input: "node", "node:1" in graphs, "node:name:1" in functions.
   *
   * @param text without the mark of a control input
   */
  static Ref parse(Frame frame, String text, OutputNames names) {
    int first = text.indexOf(':');
    if (first < 0) {
      return new Ref(frame, text, 0);
    }
    int last = text.lastIndexOf(':');
    String node = text.substring(0, first);
    int index = number(text.substring(last + 1));
    if (first == last) {
      return new Ref(frame, node, index);
    }
    String op = frame.node(node).map(n -> n.getOp()).orElse("");
    return new Ref(frame, node, names.first(op, text.substring(first + 1, last)) + index);
  }

  private static int number(String digits) {
    return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : 0;
  }

  /** As TensorFlow writes it. */
  String text() {
    return output == 0 ? node : node + ":" + output;
  }
}
