package dev.picasso.model.output;

import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Finds the axis along which a value has its classes. Operators that choose between classes tell it
 * best; else it is the channels of the last convolution, or the columns of the last matrix, in
 * front, followed through transposes, reshapes and whatever else lies behind.
 */
public final class ClassAxis {
  /** Operators that compare the elements along one axis. */
  private static final Set<String> CHOOSING =
      Set.of("Softmax", "LogSoftmax", "Hardmax", "ArgMax", "TopK");

  private static final Set<String> CONVOLUTIONS =
      Set.of("Conv", "ConvTranspose", "QLinearConv", "ConvInteger");
  private static final Set<String> PRODUCTS =
      Set.of("MatMul", "Gemm", "MatMulInteger", "QLinearMatMul");

  /** More operations than lie between the last layer and the output of any model. */
  private static final int FAR = 300;

  private final Lookup look;
  private final AxisCarry carry;

  public ClassAxis(Lookup look) {
    this.look = look;
    this.carry = new AxisCarry(look);
  }

  /**
   * The axis of a value's classes; its rank where there is one class, whose axis is not there.
   * Empty where operators do not tell.
   */
  public Optional<Integer> of(String value) {
    Optional<Integer> read = byReaders(value);
    Optional<Integer> found = read.isPresent() ? read : byMakers(value);
    return found.flatMap(a -> look.shape(value).map(s -> a == AxisCarry.GONE ? s.rank() : a));
  }

  private Optional<Integer> byReaders(String value) {
    List<Node> readers = look.graph().consumers().getOrDefault(value, List.of());
    return readers.stream()
        .filter(n -> CHOOSING.contains(n.op()) && n.inputs().get(0).equals(value))
        .flatMap(n -> chosen(n).stream())
        .findFirst();
  }

  private Optional<Integer> chosen(Node node) {
    long usual = node.op().equals("ArgMax") ? 0 : -1;
    return look.axis(node, usual)
        .filter(
            a -> look.shape(node.inputs().get(0)).filter(s -> a > 0 && s.dim(a) > 1).isPresent());
  }

  private record Step(Node node, int input) {}

  private Optional<Integer> byMakers(String value) {
    Deque<Step> path = new ArrayDeque<>();
    Optional<Integer> axis = Optional.empty();
    Optional<Node> node = look.maker(value);
    while (node.isPresent() && axis.isEmpty() && path.size() < FAR) {
      axis = source(node.get());
      if (axis.isEmpty()) {
        Optional<Integer> input = isMaking(node.get()) ? Optional.empty() : main(node.get());
        if (input.isEmpty()) {
          return Optional.empty();
        }
        path.push(new Step(node.get(), input.get()));
        node = look.maker(node.get(), input.get());
      }
    }
    while (axis.isPresent() && !path.isEmpty()) {
      Step step = path.pop();
      axis = carry.through(step.node(), step.input(), axis.get());
    }
    return axis;
  }

  private boolean isMaking(Node node) {
    return CONVOLUTIONS.contains(node.op()) || isProduct(node);
  }

  private boolean isProduct(Node node) {
    return PRODUCTS.contains(node.op()) && Interpolation.of(look, node).isEmpty();
  }

  /** The axis of classes of a node's output, if the node is one that tells. */
  private Optional<Integer> source(Node node) {
    Optional<Shape> shape = look.shape(node.output());
    if (shape.isEmpty()) {
      return Optional.empty();
    }
    if (CONVOLUTIONS.contains(node.op()) && shape.get().rank() > 2) {
      return Optional.of(1);
    }
    if (isProduct(node)) {
      return product(node, shape.get().rank());
    }
    return node.op().endsWith("oftmax") ? chosen(node) : Optional.empty();
  }

  /** Weights are on the right as a rule; on the left of what is kept in columns. */
  private Optional<Integer> product(Node node, int rank) {
    int right = node.op().equals("QLinearMatMul") ? 3 : 1;
    if (node.hasInput(right) && look.isFixed(node.inputs().get(right))) {
      return rank > 1 ? Optional.of(rank - 1) : Optional.empty();
    }
    return look.isFixed(node.inputs().get(0)) && rank > 2
        ? Optional.of(rank - 2)
        : Optional.empty();
  }

  /** The input that a node is about: the largest that follows from the image. */
  private Optional<Integer> main(Node node) {
    return IntStream.range(0, node.inputs().size())
        .boxed()
        .filter(i -> node.hasInput(i) && look.maker(node, i).isPresent())
        .filter(i -> look.graph().find(node.inputs().get(i)).filter(this::isData).isPresent())
        .max(Comparator.comparingDouble(i -> size(node, i)));
  }

  private boolean isData(Value value) {
    return value.type().isFloating() && !look.isFixed(value.name());
  }

  private double size(Node node, int input) {
    return look.shape(node.inputs().get(input))
        .map(
            s -> LongStream.of(s.dims()).asDoubleStream().map(Math::abs).reduce(1, (a, b) -> a * b))
        .orElse(0.);
  }
}
