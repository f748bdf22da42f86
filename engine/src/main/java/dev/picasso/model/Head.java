package dev.picasso.model;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Value;
import java.util.OptionalInt;

/**
 * The end of a classifier: the scores before the last softmax or sigmoid, of which gradients are
 * taken, and the output after it.
 *
 * @param scores the value before the final activation; the output itself where there is none
 * @param axis of the scores, along which a softmax works; empty for other kinds
 * @param output the value whose numbers are those of the classes: the model's output, or what an
 *     ArgMax at the end picks from
 */
public record Head(Kind kind, String scores, OptionalInt axis, String output) {
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

  /**
   * The end of the model's output that holds scores: the first one of floating-point numbers, since
   * files also give out the index of the best class.
   */
  public static Head of(Graph graph) {
    String first = graph.outputs().get(0);
    return of(
        graph,
        graph.outputs().stream()
            .filter(o -> graph.find(o).map(Value::type).filter(t -> t.isFloating()).isPresent())
            .findFirst()
            .orElse(first));
  }

  /** Walks back from an output to the activation that made it. */
  public static Head of(Graph graph, String output) {
    return new HeadSearch(graph).from(output);
  }
}
