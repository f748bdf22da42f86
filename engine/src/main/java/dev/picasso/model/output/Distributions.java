package dev.picasso.model.output;

import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds values that hold shares of a whole: numbers of at least zero that sum to the same along an
 * axis, whatever the image. They come from a softmax or a division by a sum, and stay what they are
 * under averages, mixtures and scales.
 */
public final class Distributions {
  private static final int DEEP = 60;

  /** What is added to a sum so that nobody divides by zero. */
  private static final double TINY = 1e-3;

  /** Clipped by no more than this, shares are still shares, about. */
  private static final double MARGIN = .1;

  /** Operators that keep the sums along every axis on which they do not work. */
  private static final Set<String> KEEPING =
      Set.of(
          "Identity", "Cast", "Dropout", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose");

  private final Lookup look;
  private final AxisCarry carry;
  private final Bounds bounds;
  private final Map<String, Optional<Shares>> known = new HashMap<>();

  public Distributions(Lookup look, Bounds bounds) {
    this.look = look;
    this.carry = new AxisCarry(look);
    this.bounds = bounds;
  }

  /**
   * Shares of a whole.
   *
   * @param axis along which they sum up
   * @param sum to what: 1 for probabilities, 100 for percentages
   */
  public record Shares(int axis, double sum) {
    private Shares times(double factor) {
      return new Shares(axis, sum * factor);
    }
  }

  /** The shares that a value holds, if its operators tell. */
  public Optional<Shares> of(String value) {
    return of(value, DEEP);
  }

  private Optional<Shares> of(String value, int steps) {
    Optional<Shares> shares = known.get(value);
    if (shares == null) {
      shares =
          look.maker(value)
              .filter(n -> steps > 0 && n.output().equals(value))
              .flatMap(n -> made(n, steps - 1))
              .filter(s -> isAxis(value, s.axis()));
      known.put(value, shares);
    }
    return shares;
  }

  /** One number alone is no share of anything. */
  private boolean isAxis(String value, int axis) {
    Optional<Shape> shape = look.shape(value);
    return shape.isPresent() && axis >= 0 && axis < shape.get().rank() && shape.get().dim(axis) > 1;
  }

  private Optional<Shares> made(Node node, int steps) {
    if (KEEPING.contains(node.op())) {
      return carried(node, steps);
    }
    return switch (node.op()) {
      case "Softmax" -> look.axis(node, -1).map(a -> new Shares(a, 1));
      case "Exp" ->
          look.maker(node, 0)
              .filter(n -> n.op().equals("LogSoftmax"))
              .flatMap(n -> look.axis(n, -1))
              .map(a -> new Shares(a, 1));
      case "LpNormalization" -> normalized(node);
      case "Mul" -> scaled(node, steps);
      case "Div" -> quotient(node).or(() -> divided(node, steps));
      case "Add", "Sum", "Mean" -> mixed(node, steps);
      case "Clip" -> clipped(node, steps);
      case "ReduceMean", "ReduceSum", "GlobalAveragePool" -> averaged(node, steps);
      case "Concat" -> joined(node, steps);
      case "Slice", "Gather", "Split", "Tile", "Expand" -> uncut(node, steps);
      case "MatMul" ->
          Interpolation.of(look, node)
              .filter(Interpolation::positive)
              .flatMap(i -> resized(node, i.input(), steps));
      case "Resize" ->
          node.attributes().text("mode", "nearest").equals("cubic")
              ? Optional.empty()
              : uncut(node, steps);
      default -> Optional.empty();
    };
  }

  private Optional<Shares> carried(Node node, int steps) {
    return of(node.inputs().get(0), steps)
        .flatMap(s -> carry.through(node, 0, s.axis()).filter(a -> a >= 0).map(a -> with(s, a)));
  }

  private static Shares with(Shares shares, int axis) {
    return new Shares(axis, shares.sum());
  }

  private Optional<Shares> normalized(Node node) {
    boolean first = node.attributes().integer("p", 2) == 1;
    return first && isNotNegative(node.inputs().get(0))
        ? look.axis(node, -1).map(a -> new Shares(a, 1))
        : Optional.empty();
  }

  private boolean isNotNegative(String value) {
    return bounds.of(value).low() >= 0;
  }

  private Optional<Shares> scaled(Node node, int steps) {
    OptionalDouble left = look.scalar(node, 0);
    OptionalDouble factor = left.isPresent() ? left : look.scalar(node, 1);
    return factor.isPresent() && factor.getAsDouble() > 0
        ? of(node.inputs().get(left.isPresent() ? 1 : 0), steps)
            .map(s -> s.times(factor.getAsDouble()))
        : Optional.empty();
  }

  private Optional<Shares> divided(Node node, int steps) {
    OptionalDouble by = look.scalar(node, 1);
    return by.isPresent() && by.getAsDouble() > 0
        ? of(node.inputs().get(0), steps).map(s -> s.times(1 / by.getAsDouble()))
        : Optional.empty();
  }

  /** x / Σ x for x ≥ 0, where something tiny may be added to the sum. */
  private Optional<Shares> quotient(Node div) {
    String x = div.inputs().get(0);
    return div.hasInput(1) && isNotNegative(x)
        ? sumOf(x, div.inputs().get(1)).map(a -> new Shares(a, 1))
        : Optional.empty();
  }

  private Optional<Integer> sumOf(String x, String sum) {
    Optional<Node> node = look.maker(sum);
    if (node.isPresent() && Set.of("Add", "Max", "Clip").contains(node.get().op())) {
      OptionalDouble left = look.scalar(node.get(), 0);
      OptionalDouble more = left.isPresent() ? left : look.scalar(node.get(), 1);
      return more.isPresent() && more.getAsDouble() >= 0 && more.getAsDouble() <= TINY
          ? sumOf(x, node.get().inputs().get(left.isPresent() ? 1 : 0))
          : Optional.empty();
    }
    return node.filter(n -> n.op().equals("ReduceSum") || n.op().equals("ReduceL1"))
        .filter(n -> n.inputs().get(0).equals(x) && n.attributes().flag("keepdims", true))
        .flatMap(look::reduced)
        .filter(axes -> axes.length == 1)
        .map(axes -> axes[0]);
  }

  /** Sums of shares along one axis are shares of the sum of their wholes. */
  private Optional<Shares> mixed(Node node, int steps) {
    Optional<Shares> all = Optional.empty();
    for (String input : node.inputs()) {
      Optional<Shares> part =
          of(input, steps).filter(s -> look.shape(input).equals(look.shape(node.output())));
      if (part.isEmpty() || (all.isPresent() && all.get().axis() != part.get().axis())) {
        return Optional.empty();
      }
      double before = all.map(Shares::sum).orElse(0.);
      all = part.map(s -> new Shares(s.axis(), s.sum() + before));
    }
    double parts = node.op().equals("Mean") ? node.inputs().size() : 1;
    return all.map(s -> s.times(1 / parts));
  }

  private Optional<Shares> clipped(Node node, int steps) {
    Optional<Shares> shares = of(node.inputs().get(0), steps);
    double low = look.scalar(node, 1).orElse(node.hasInput(1) ? Double.NaN : 0);
    double whole = shares.map(Shares::sum).orElse(1.);
    double high = look.scalar(node, 2).orElse(node.hasInput(2) ? Double.NaN : whole);
    return low <= MARGIN * whole && high >= (1 - MARGIN) * whole ? shares : Optional.empty();
  }

  /** Over an axis on which the shares do not lie. */
  private Optional<Shares> averaged(Node node, int steps) {
    Optional<Shares> shares = of(node.inputs().get(0), steps);
    Optional<Shape> shape = look.shape(node.inputs().get(0));
    if (shares.isEmpty() || shape.isEmpty()) {
      return Optional.empty();
    }
    int rank = shape.get().rank();
    if (node.op().equals("GlobalAveragePool")) {
      return shares.filter(s -> s.axis() == 1);
    }
    double summed =
        node.op().equals("ReduceSum")
            ? look.reduced(node)
                .map(axes -> IntStream.of(axes).mapToLong(shape.get()::dim))
                .map(dims -> dims.asDoubleStream().reduce(1, (a, b) -> a * b))
                .orElse(0.)
            : 1;
    return summed > 0 && rank > 1
        ? carry.through(node, 0, shares.get().axis()).map(a -> with(shares.get().times(summed), a))
        : Optional.empty();
  }

  /** Beside one another on another axis; or p and 1 − p. */
  private Optional<Shares> joined(Node node, int steps) {
    Optional<Integer> axis = look.axis(node, 0);
    if (axis.isEmpty()) {
      return Optional.empty();
    }
    if (isPair(node, axis.get())) {
      return Optional.of(new Shares(axis.get(), 1));
    }
    List<Optional<Shares>> parts =
        node.inputs().stream().map(i -> of(i, steps)).distinct().toList();
    return parts.size() == 1 ? parts.get(0).filter(s -> s.axis() != axis.get()) : Optional.empty();
  }

  private boolean isPair(Node node, int axis) {
    if (node.inputs().size() != 2) {
      return false;
    }
    String a = node.inputs().get(0);
    String b = node.inputs().get(1);
    boolean narrow = look.shape(a).filter(s -> s.dim(axis) == 1).isPresent();
    return narrow && ((isRest(a, b) && isUnit(b)) || (isRest(b, a) && isUnit(a)));
  }

  private boolean isUnit(String value) {
    return bounds.of(value).within(0, 1);
  }

  /** Whether one value is 1 − the other. */
  private boolean isRest(String rest, String of) {
    return look.maker(rest)
        .filter(n -> n.op().equals("Sub") && n.inputs().get(1).equals(of))
        .filter(n -> look.scalar(n, 0).orElse(0) == 1)
        .isPresent();
  }

  private Optional<Shares> resized(Node node, int input, int steps) {
    return of(node.inputs().get(input), steps)
        .flatMap(s -> carry.through(node, input, s.axis()).map(a -> with(s, a)));
  }

  /** What is cut or repeated on other axes only. */
  private Optional<Shares> uncut(Node node, int steps) {
    Optional<Shape> from = look.shape(node.inputs().get(0));
    Optional<Shape> to = look.shape(node.output());
    return of(node.inputs().get(0), steps)
        .flatMap(s -> carry.through(node, 0, s.axis()).map(a -> List.of(s, with(s, a))))
        .filter(
            s ->
                from.isPresent()
                    && to.isPresent()
                    && s.get(1).axis() >= 0
                    && from.get().dim(s.get(0).axis()) == to.get().dim(s.get(1).axis()))
        .map(s -> s.get(1));
  }
}
