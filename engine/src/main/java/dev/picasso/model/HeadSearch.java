package dev.picasso.model;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the activation at the end of a model, behind what changes no number, and in the spellings
 * that exporters have for a softmax: one operator, e^(log softmax), and eˣ / Σ eˣ.
 */
final class HeadSearch {
  /** Operators that leave every number as it is, in row-major order. */
  private static final Set<String> ORDERLY =
      Set.of("Identity", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Cast", "Dropout");

  /** Bounds this close to 0 and 1 keep a logarithm finite, and probabilities what they are. */
  private static final double MARGIN = 1e-3;

  private final Graph graph;

  HeadSearch(Graph graph) {
    this.graph = graph;
  }

  Head from(String asked) {
    String output = picked(asked);
    String at = output;
    boolean inOrder = true;
    Optional<Node> node = maker(at);
    while (node.isPresent() && passes(node.get())) {
      inOrder &= !node.get().op().equals("Transpose");
      at = node.get().inputs().get(0);
      node = maker(at);
    }
    boolean ordered = inOrder;
    return node.flatMap(n -> head(n, output))
        .filter(head -> rowsAreImages(head, ordered))
        .orElseGet(() -> new Head(Head.Kind.NONE, output, OptionalInt.empty(), output));
  }

  /** What an ArgMax at the end picks from: its own output is an index, which has no gradient. */
  private String picked(String output) {
    String at = output;
    Optional<Node> node = maker(at);
    while (node.isPresent() && ORDERLY.contains(node.get().op())) {
      at = node.get().inputs().get(0);
      node = maker(at);
    }
    return node.filter(n -> n.op().equals("ArgMax")).map(n -> n.inputs().get(0)).orElse(output);
  }

  private Optional<Node> maker(String value) {
    return graph.producer(value).filter(n -> n.domain().isEmpty());
  }

  private boolean passes(Node node) {
    return ORDERLY.contains(node.op()) || node.op().equals("Transpose") || isMargin(node);
  }

  /** A Clip to [ε, 1 − ε]. */
  private boolean isMargin(Node node) {
    return node.op().equals("Clip")
        && bound(node, 1).filter(low -> low >= 0 && low <= MARGIN).isPresent()
        && bound(node, 2).filter(high -> high <= 1 && high >= 1 - MARGIN).isPresent();
  }

  private Optional<Float> bound(Node node, int input) {
    return node.hasInput(input)
        ? graph.constant(node.inputs().get(input)).map(t -> t.floats()[0])
        : Optional.empty();
  }

  private Optional<Head> head(Node node, String output) {
    return switch (node.op()) {
      case "Softmax" -> softmax(Head.Kind.SOFTMAX, node, output);
      case "LogSoftmax" -> softmax(Head.Kind.LOG_SOFTMAX, node, output);
      case "Exp" ->
          maker(node.inputs().get(0))
              .filter(n -> n.op().equals("LogSoftmax"))
              .flatMap(n -> softmax(Head.Kind.SOFTMAX, n, output));
      case "Log" ->
          maker(node.inputs().get(0))
              .filter(n -> n.op().equals("Softmax"))
              .flatMap(n -> softmax(Head.Kind.LOG_SOFTMAX, n, output));
      case "Div" -> quotient(node, output);
      case "Sigmoid" ->
          Optional.of(
              new Head(Head.Kind.SIGMOID, node.inputs().get(0), OptionalInt.empty(), output));
      default -> Optional.empty();
    };
  }

  private Optional<Head> softmax(Head.Kind kind, Node node, String output) {
    return along(kind, node.inputs().get(0), node.attributes().integer("axis", -1), output);
  }

  /**
   * A softmax counts only along an axis with several elements. One over the images of a matrix of
   * scores is a slip of whoever wrote the model, and taken for what was meant.
   */
  private Optional<Head> along(Head.Kind kind, String scores, long axis, String output) {
    Shape shape = graph.value(scores).shape();
    if (axis < -shape.rank() || axis >= shape.rank()) {
      return Optional.empty();
    }
    int place = shape.axis((int) axis);
    boolean vector = shape.rank() == 1 && shape.dim(0) > 0;
    boolean overClasses = shape.dim(place) != 1 && (place > 0 || vector || shape.rank() == 2);
    return overClasses
        ? Optional.of(new Head(kind, scores, OptionalInt.of(place), output))
        : Optional.empty();
  }

  /** eˣ / Σ eˣ, where x may be scores less their maximum. */
  private Optional<Head> quotient(Node div, String output) {
    if (!div.hasInput(1)) {
      return Optional.empty();
    }
    Optional<Node> exp = maker(div.inputs().get(0)).filter(n -> n.op().equals("Exp"));
    Optional<Long> axis =
        exp.flatMap(e -> reducedAxis("ReduceSum", div.inputs().get(1), e.output()));
    if (exp.isEmpty() || axis.isEmpty()) {
      return Optional.empty();
    }
    String x = exp.get().inputs().get(0);
    String scores =
        maker(x)
            .filter(n -> n.op().equals("Sub") && n.hasInput(1))
            .map(Node::inputs)
            .filter(i -> reducedAxis("ReduceMax", i.get(1), i.get(0)).equals(axis))
            .map(i -> i.get(0))
            .orElse(x);
    return along(Head.Kind.SOFTMAX, scores, axis.get(), output);
  }

  /** The one axis along which a value reduces another, kept as an axis of length one. */
  private Optional<Long> reducedAxis(String op, String value, String of) {
    return maker(value)
        .filter(n -> n.op().equals(op) && n.inputs().get(0).equals(of) && n.hasInput(1))
        .filter(n -> n.attributes().flag("keepdims", true))
        .flatMap(n -> graph.constant(n.inputs().get(1)))
        .filter(t -> t.size() == 1)
        .map(t -> (long) graph.value(of).shape().axis((int) t.longs()[0]));
  }

  /**
   * Whether scores have a row for each image, or their numbers lie in the order of the output's,
   * classes last, so that they can be given its shape.
   */
  private boolean rowsAreImages(Head head, boolean inOrder) {
    Value scores = graph.value(head.scores());
    Value output = graph.value(head.output());
    if (scores.rank() > 0 && output.rank() > 0 && scores.dim(0) == output.dim(0)) {
      return true;
    }
    boolean classesLast =
        head.axis().isEmpty()
            || (head.axis().getAsInt() == scores.rank() - 1 && scores.dim(-1) == output.dim(-1));
    return inOrder
        && output.rank() > 1
        && classesLast
        && scores.shape().batchAxes() == 1
        && output.shape().batchAxes() == 1
        && scores.shape().sizeAsDimension() == output.shape().sizeAsDimension();
  }
}
