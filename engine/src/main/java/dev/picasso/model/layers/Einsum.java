package dev.picasso.model.layers;

import dev.picasso.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The letters of an Einsum, as in "abc,cd->abd". */
record Einsum(List<String> inputs, String output) {
  /** Empty where an ellipsis stands for axes, or the output is not written. */
  static Optional<Einsum> of(Node node) {
    String equation = node.attributes().text("equation", "").replace(" ", "");
    int arrow = equation.indexOf("->");
    return arrow < 0 || equation.contains(".")
        ? Optional.empty()
        : Optional.of(
            new Einsum(
                Arrays.asList(equation.substring(0, arrow).split(",", -1)),
                equation.substring(arrow + 2)));
  }

  /** Which axis of an input has the letter of an axis of the output. */
  Optional<Integer> axis(int input, int ofOutput) {
    if (input >= inputs.size() || ofOutput >= output.length()) {
      return Optional.empty();
    }
    int at = inputs.get(input).indexOf(output.charAt(ofOutput));
    return at < 0 ? Optional.empty() : Optional.of(at);
  }
}
