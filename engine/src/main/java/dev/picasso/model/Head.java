package dev.picasso.model;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Value;
import java.util.Optional;
import java.util.Set;

/**
 * The end of a classifier: the scores before the last softmax or sigmoid, of which gradients are
 * taken, and the output after it.
 *
 * @param scores the value before the final activation; the output itself where there is none
 * @param output the model's output
 */
public record Head(Kind kind, String scores, String output) {
  /** What the model does to its scores last. */
  public enum Kind {
    /** Classes exclude each other; probabilities sum to one. */
    SOFTMAX,
    /** Each output is a probability of its own. */
    SIGMOID,
    /** The output is the logarithm of a softmax. */
    LOG_SOFTMAX,
    /** Nothing that the file tells: scores, or the numbers of a regression. */
    NONE
  }

  /** Operators between the activation and the output that change no number. */
  private static final Set<String> TRANSPARENT =
      Set.of(
          "Identity", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Cast", "Transpose", "Dropout");

  /** Walks back from an output to the activation that made it. */
  public static Head of(Graph graph, String output) {
    String at = output;
    Optional<Node> node = graph.producer(at);
    while (node.isPresent() && TRANSPARENT.contains(node.get().op())) {
      at = node.get().inputs().get(0);
      node = graph.producer(at);
    }
    if (node.isPresent()) {
      Optional<Kind> kind = kind(graph, node.get());
      if (kind.isPresent()) {
        return new Head(kind.get(), node.get().inputs().get(0), output);
      }
    }
    return new Head(Kind.NONE, output, output);
  }

  /** A softmax counts only where it works on an axis with several elements, the classes. */
  private static Optional<Kind> kind(Graph graph, Node node) {
    return switch (node.op()) {
      case "Softmax" -> overClasses(graph, node) ? Optional.of(Kind.SOFTMAX) : Optional.empty();
      case "LogSoftmax" ->
          overClasses(graph, node) ? Optional.of(Kind.LOG_SOFTMAX) : Optional.empty();
      case "Sigmoid" -> Optional.of(Kind.SIGMOID);
      default -> Optional.empty();
    };
  }

  private static boolean overClasses(Graph graph, Node node) {
    Value y = graph.value(node.output());
    return y.dim((int) node.attributes().integer("axis", -1)) != 1;
  }
}
