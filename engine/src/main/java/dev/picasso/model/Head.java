package dev.picasso.model;

import dev.picasso.format.layout.Results;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Value;
import dev.picasso.model.output.OutputNames;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The end of a classifier: the scores before the last softmax or sigmoid, of which gradients are
 * taken, and the output after it.
 *
 * @param scores the value before the final activation; the output itself where there is none
 * @param axis of the scores, along which their classes lie; their rank where there is one class and
 *     no axis for it; empty where the graph does not tell
 * @param output the value whose numbers are those of the classes: the model's output, or what an
 *     ArgMax at the end picks from
 * @param unit what the output says instead of 1: 100 where it holds percentages
 * @param places how the scores of a class at several places become one
 */
public record Head(
    Kind kind, String scores, OptionalInt axis, String output, double unit, Places places) {
  /** What the model does to its scores last. */
  public enum Kind {
    /** Classes exclude each other; probabilities sum to one. */
    SOFTMAX("final activation softmax"),
    /** Each output is a probability of its own. */
    SIGMOID("final activation sigmoid"),
    /** The output is the logarithm of a softmax. */
    LOG_SOFTMAX("final activation log_softmax"),
    /** The output holds probabilities that sum to one; scores before them are not to be found. */
    PROBABILITIES("probabilities already"),
    /** Each output is from 0 to 1 and a probability of its own, without scores before it. */
    SHARES("numbers from 0 to 1, taken for probabilities"),
    /** The output holds numbers that are no scores of classes, such as coordinates. */
    NUMBERS("numbers, no probabilities"),
    /** Nothing that the file tells: scores, or the numbers of a regression. */
    NONE("final activation none");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people, as in "final activation softmax". */
    public String words() {
      return words;
    }
  }

  /** What is made of the scores that a class has at several places. */
  public enum Places {
    /** Their mean, as for maps of classes. */
    MEAN,
    /** The highest, as for the places where a detector looks for objects. */
    HIGHEST
  }

  /**
   * The end of the model's output that holds scores: the first one of floating-point numbers, since
   * files also give out the index of the best class.
   */
  public static Head of(Graph graph) {
    return of(graph, output(graph));
  }

  /** Walks back from an output to the activation that made it. */
  public static Head of(Graph graph, String output) {
    return new HeadSearch(graph).from(output);
  }

  /** The first output of floating-point numbers; the first of all where there is none. */
  static String output(Graph graph) {
    return floating(graph).findFirst().orElse(graph.outputs().get(0));
  }

  /** The same, but for outputs whose names tell of numbers beside one whose does not. */
  static String namedOutput(Graph graph) {
    return floating(graph)
        .filter(o -> OutputNames.numbers(Results.nameInFile(o)).isEmpty())
        .findFirst()
        .orElseGet(() -> output(graph));
  }

  private static Stream<String> floating(Graph graph) {
    return graph.outputs().stream()
        .filter(o -> graph.find(o).map(Value::type).filter(t -> t.isFloating()).isPresent());
  }

  /** The output as it is, known to be of another kind than its last operator tells. */
  Head as(Kind known, double scale) {
    return new Head(known, scores, axis, output, scale, places);
  }

  /**
   * The end of an output as a person says it is: a softmax or a sigmoid over the scores, be it in
   * the file or not, or for any other kind the output's numbers as they are.
   */
  static Head said(Graph graph, String output, Kind kind) {
    Head found = of(graph, output);
    return kind == Kind.SOFTMAX || kind == Kind.SIGMOID
        ? found.as(kind, 1)
        : new Head(Kind.NUMBERS, output, found.axis(), output, 1, found.places());
  }

  Head along(int known) {
    return new Head(kind, scores, OptionalInt.of(known), output, unit, places);
  }

  Head with(Places otherwise) {
    return new Head(kind, scores, axis, output, unit, otherwise);
  }
}
