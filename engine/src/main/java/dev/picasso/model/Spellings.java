package dev.picasso.model;

import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.model.output.Lookup;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The spellings that exporters have for a softmax: one operator, e^(log softmax), and eˣ / Σ eˣ;
 * and for a sigmoid: one operator, 1 / (1 + e⁻ˣ), eˣ / (1 + eˣ) and ½ + ½ tanh ½x.
 */
record Spellings(Lookup look) {
  /**
   * An activation.
   *
   * @param axis of the scores along which a softmax works; empty for others
   */
  record End(Head.Kind kind, String scores, Optional<Integer> axis) {}

  /** The activation whose result a node makes. */
  Optional<End> of(Node node) {
    return switch (node.op()) {
      case "Softmax" -> softmax(Head.Kind.SOFTMAX, node);
      case "LogSoftmax" -> softmax(Head.Kind.LOG_SOFTMAX, node);
      case "Exp" ->
          look.maker(node, 0)
              .filter(n -> n.op().equals("LogSoftmax"))
              .flatMap(n -> softmax(Head.Kind.SOFTMAX, n));
      case "Log" ->
          look.maker(node, 0)
              .filter(n -> n.op().equals("Softmax"))
              .flatMap(n -> softmax(Head.Kind.LOG_SOFTMAX, n));
      case "Sigmoid" -> Optional.of(sigmoid(node.inputs().get(0)));
      case "Reciprocal" ->
          onePlusExp(node.inputs().get(0)).flatMap(this::negated).map(Spellings::sigmoid);
      case "Div" -> quotient(node).or(() -> logistic(node).map(Spellings::sigmoid));
      case "Add" -> halfTanh(node).map(Spellings::sigmoid);
      default -> Optional.empty();
    };
  }

  private static End sigmoid(String scores) {
    return new End(Head.Kind.SIGMOID, scores, Optional.empty());
  }

  private Optional<End> softmax(Head.Kind kind, Node node) {
    return along(kind, node.inputs().get(0), node.attributes().integer("axis", -1));
  }

  /**
   * A softmax counts only along an axis with several elements. One over the images of a matrix of
   * scores is a slip of whoever wrote the model, and taken for what was meant.
   */
  private Optional<End> along(Head.Kind kind, String scores, long axis) {
    Optional<Shape> known = look.shape(scores).filter(s -> axis >= -s.rank() && axis < s.rank());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Shape shape = known.get();
    int place = shape.axis((int) axis);
    boolean vector = shape.rank() == 1 && shape.dim(0) > 0;
    boolean overClasses = shape.dim(place) != 1 && (place > 0 || vector || shape.rank() == 2);
    return overClasses ? Optional.of(new End(kind, scores, Optional.of(place))) : Optional.empty();
  }

  /** eˣ / Σ eˣ, where x may be scores less their maximum. */
  private Optional<End> quotient(Node div) {
    Optional<Node> exp = look.maker(div, 0).filter(n -> n.op().equals("Exp"));
    Optional<Integer> axis =
        exp.filter(e -> div.hasInput(1))
            .flatMap(e -> reducedAxis("ReduceSum", div.inputs().get(1), e.output()));
    if (exp.isEmpty() || axis.isEmpty()) {
      return Optional.empty();
    }
    String x = exp.get().inputs().get(0);
    String scores =
        look.maker(x)
            .filter(n -> n.op().equals("Sub") && n.hasInput(1))
            .map(Node::inputs)
            .filter(i -> reducedAxis("ReduceMax", i.get(1), i.get(0)).equals(axis))
            .map(i -> i.get(0))
            .orElse(x);
    return along(Head.Kind.SOFTMAX, scores, axis.get());
  }

  /** The one axis along which a value reduces another, kept as an axis of length one. */
  private Optional<Integer> reducedAxis(String op, String value, String of) {
    return look.maker(value)
        .filter(n -> n.op().equals(op) && n.inputs().get(0).equals(of) && n.hasInput(1))
        .filter(n -> n.attributes().flag("keepdims", true))
        .flatMap(look::reduced)
        .filter(axes -> axes.length == 1)
        .map(axes -> axes[0]);
  }

  /** 1 / (1 + e⁻ˣ) or eˣ / (1 + eˣ). */
  private Optional<String> logistic(Node div) {
    Optional<String> y = div.hasInput(1) ? onePlusExp(div.inputs().get(1)) : Optional.empty();
    if (look.scalar(div, 0).orElse(0) == 1) {
      return y.flatMap(this::negated);
    }
    return look.maker(div, 0)
        .filter(n -> n.op().equals("Exp"))
        .map(n -> n.inputs().get(0))
        .filter(x -> y.equals(Optional.of(x)));
  }

  /** Of 1 + eʸ, y. */
  private Optional<String> onePlusExp(String value) {
    return look.maker(value)
        .filter(n -> n.op().equals("Add"))
        .flatMap(n -> otherThan(n, 1))
        .flatMap(look::maker)
        .filter(n -> n.op().equals("Exp"))
        .map(n -> n.inputs().get(0));
  }

  /** Of −x, x. */
  private Optional<String> negated(String value) {
    Optional<Node> node = look.maker(value);
    Optional<String> neg = node.filter(n -> n.op().equals("Neg")).map(n -> n.inputs().get(0));
    return neg.or(() -> node.filter(n -> n.op().equals("Mul")).flatMap(n -> otherThan(n, -1)))
        .or(
            () ->
                node.filter(n -> n.op().equals("Sub") && look.scalar(n, 0).orElse(1) == 0)
                    .map(n -> n.inputs().get(1)));
  }

  /** The other operand, where one is a number. */
  private Optional<String> otherThan(Node node, double number) {
    OptionalDouble left = look.scalar(node, 0);
    OptionalDouble right = look.scalar(node, 1);
    if (left.isPresent() && left.getAsDouble() == number) {
      return Optional.of(node.inputs().get(1));
    }
    return right.isPresent() && right.getAsDouble() == number
        ? Optional.of(node.inputs().get(0))
        : Optional.empty();
  }

  /** Of ½ + ½ tanh ½x, x. */
  private Optional<String> halfTanh(Node add) {
    return otherThan(add, .5)
        .flatMap(look::maker)
        .flatMap(this::halved)
        .flatMap(look::maker)
        .filter(n -> n.op().equals("Tanh"))
        .flatMap(n -> look.maker(n, 0))
        .flatMap(this::halved);
  }

  private Optional<String> halved(Node node) {
    return switch (node.op()) {
      case "Mul" -> otherThan(node, .5);
      case "Div" ->
          look.scalar(node, 1).orElse(0) == 2
              ? Optional.of(node.inputs().get(0))
              : Optional.empty();
      default -> Optional.empty();
    };
  }
}
