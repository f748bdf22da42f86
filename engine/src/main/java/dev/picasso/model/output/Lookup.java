package dev.picasso.model.output;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/** Short questions to a graph, for searches that walk back from its outputs. */
public record Lookup(Graph graph) {
  private static final Set<String> MOVING =
      Set.of(
          "Identity", "Cast", "Dropout", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose");

  /** More numbers than a scale for each class has. */
  private static final int FEW = 1 << 16;

  /** The operation of ONNX's own that makes a value. */
  public Optional<Node> maker(String value) {
    return graph.producer(value).filter(n -> n.domain().isEmpty());
  }

  /** The operation that makes a node's input. */
  public Optional<Node> maker(Node node, int input) {
    return node.hasInput(input) ? maker(node.inputs().get(input)) : Optional.empty();
  }

  /** Whether an operation leaves every number as it is, and at most moves them. */
  public static boolean onlyMoves(Node node) {
    return MOVING.contains(node.op()) && node.domain().isEmpty();
  }

  /** The operation that makes a value's numbers, behind those that only move them. */
  public Optional<Node> computing(String value) {
    return behind(value, Lookup::onlyMoves);
  }

  /** The first operation, on the way back over first inputs, that is not passed over. */
  public Optional<Node> behind(String value, Predicate<Node> passedOver) {
    Optional<Node> node = maker(value);
    while (node.isPresent() && passedOver.test(node.get())) {
      node = maker(node.get(), 0);
    }
    return node;
  }

  /** The shape of a value, where it is known. */
  public Optional<Shape> shape(String value) {
    return graph.find(value).map(Value::shape);
  }

  /** Whether a value is the same for every image, through a few operations on constants. */
  public boolean isFixed(String value) {
    return isFixed(value, 4);
  }

  private boolean isFixed(String value, int steps) {
    if (graph.constant(value).isPresent()) {
      return true;
    }
    Optional<Node> node = maker(value).filter(n -> steps > 0 && !n.inputs().isEmpty());
    return node.isPresent()
        && node.get().inputs().stream().allMatch(i -> i.isEmpty() || isFixed(i, steps - 1));
  }

  /** The numbers of an input that is constant. */
  public Optional<Tensor> constant(Node node, int input) {
    return node.hasInput(input) ? graph.constant(node.inputs().get(input)) : Optional.empty();
  }

  /** A constant input's number, where all of its elements are the same. */
  public OptionalDouble scalar(Node node, int input) {
    Optional<Tensor> tensor =
        constant(node, input).filter(t -> t.size() > 0 && t.size() <= FEW && readable(t));
    if (tensor.isEmpty()) {
      return OptionalDouble.empty();
    }
    float[] numbers = tensor.get().floats();
    for (float number : numbers) {
      if (number != numbers[0]) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.of(numbers[0]);
  }

  private static boolean readable(Tensor tensor) {
    return tensor.type().isFloating() || tensor.type() == DataType.INT64;
  }

  /** The axes that a reduction works on, counted from the start; all where none are named. */
  public Optional<int[]> reduced(Node node) {
    Optional<Shape> shape = shape(node.inputs().get(0));
    if (shape.isEmpty()) {
      return Optional.empty();
    }
    if (!node.hasInput(1)) {
      return Optional.of(java.util.stream.IntStream.range(0, shape.get().rank()).toArray());
    }
    int rank = shape.get().rank();
    return constant(node, 1)
        .map(Tensor::longs)
        .filter(axes -> Arrays.stream(axes).allMatch(a -> a >= -rank && a < rank))
        .map(axes -> Arrays.stream(axes).mapToInt(a -> shape.get().axis((int) a)).toArray());
  }

  /** The axis that a node's attribute names, counted from the start of its first input. */
  public Optional<Integer> axis(Node node, long usual) {
    long axis = node.attributes().integer("axis", usual);
    Optional<Shape> read = node.hasInput(0) ? shape(node.inputs().get(0)) : Optional.empty();
    return read.filter(s -> axis >= -s.rank() && axis < s.rank()).map(s -> s.axis((int) axis));
  }
}
