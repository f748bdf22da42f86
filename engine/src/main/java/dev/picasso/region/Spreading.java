package dev.picasso.region;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.pass.ElementOperators;
import dev.picasso.graph.shape.SlidingWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How each operator carries a change on. One without a rule changes as a whole; that is always
 * right, and only slower.
 */
final class Spreading {
  private static final Set<String> POOLS = Set.of("MaxPool", "AveragePool");
  private static final Set<String> REDUCTIONS =
      Set.of("ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceL2", "ReduceSumSquare");

  private final Graph graph;
  private final Map<String, Changed> changed;

  /**
   * Spreading through a graph.
   *
   * @param changed what is known to change in part, which grows while the walk goes on
   */
  Spreading(Graph graph, Map<String, Changed> changed) {
    this.graph = graph;
    this.changed = changed;
  }

  /** How a node carries on what changes; empty if its output changes everywhere, or may. */
  Optional<Spread> through(Node node) {
    if (node.outputs().stream().anyMatch(o -> !o.isEmpty() && graph.find(o).isEmpty())) {
      return Optional.empty();
    }
    String op = node.op();
    if (ElementOperators.contain(op) && !op.equals("Expand")) {
      return atEachPlace(node).map(Spread::same);
    }
    if (POOLS.contains(op)) {
      return pool(node);
    }
    if (REDUCTIONS.contains(op)) {
      return node.attributes().flag("keepdims", true)
          ? acrossAxes(node, numbers(node, 1).orElseGet(() -> new long[0]))
          : Optional.empty();
    }
    return switch (op) {
      case "Conv" -> convolution(node);
      case "Concat", "Split", "Softmax", "LogSoftmax" ->
          acrossAxes(node, node.attributes().integer("axis", op.equals("Split") ? 0 : -1));
      case "LayerNormalization" -> fromAxis(node, node.attributes().integer("axis", -1));
      case "BatchNormalization", "LRN" -> acrossAxes(node, 1);
      case "Slice" -> numbers(node, 3).flatMap(axes -> acrossAxes(node, axes));
      case "Transpose" -> transpose(node);
      case "MatMul" -> product(node);
      case "Pad" -> pad(node);
      default -> Optional.empty();
    };
  }

  /** What changes of the first input, if none of the others does. */
  private Optional<Changed> onlyFirst(Node node) {
    boolean others = node.inputs().stream().skip(1).anyMatch(i -> changed.containsKey(i));
    return others ? Optional.empty() : Optional.ofNullable(changed.get(node.inputs().get(0)));
  }

  /** All that changes together, of operands that broadcast over no rows or columns. */
  private Optional<Changed> atEachPlace(Node node) {
    Shape out = graph.value(node.output()).shape();
    Optional<Changed> all = Optional.empty();
    for (String input : node.inputs()) {
      Changed one = changed.get(input);
      if (one == null) {
        continue;
      }
      Shape shape = graph.value(input).shape();
      boolean alike =
          shape.rank() == out.rank()
              && shape.dim(one.axes().row()) == out.dim(one.axes().row())
              && shape.dim(one.axes().column()) == out.dim(one.axes().column());
      all = all.isEmpty() ? Optional.of(one) : all.flatMap(one::or);
      if (!alike || all.isEmpty()) {
        return Optional.empty();
      }
    }
    return all.filter(c -> restFits(node, c, out));
  }

  /** Whether what does not change is the same at all places, or a constant for each place. */
  private boolean restFits(Node node, Changed places, Shape out) {
    return node.inputs().stream()
        .filter(i -> !i.isEmpty() && !changed.containsKey(i))
        .allMatch(
            i ->
                graph
                    .find(i)
                    .filter(
                        v ->
                            isEvenOver(v.shape(), places, out)
                                || (isForEachPlace(v.shape(), places, out)
                                    && graph.constant(i).isPresent()))
                    .isPresent());
  }

  /** Whether an operand is the same at all places. */
  static boolean isEvenOver(Shape operand, Changed places, Shape out) {
    return dimensionAt(operand, places.axes().row(), out) == 1
        && dimensionAt(operand, places.axes().column(), out) == 1;
  }

  private static boolean isForEachPlace(Shape operand, Changed places, Shape out) {
    return operand.rank() == out.rank()
        && operand.isStatic()
        && operand.dim(places.axes().row()) == out.dim(places.axes().row())
        && operand.dim(places.axes().column()) == out.dim(places.axes().column());
  }

  /** How long an operand that broadcasts is along an axis of the output. */
  private static long dimensionAt(Shape operand, int axis, Shape out) {
    int own = axis - (out.rank() - operand.rank());
    return own < 0 ? 1 : operand.dim(own);
  }

  /** What mixes cells along other axes than rows and columns alone. */
  private Optional<Spread> acrossAxes(Node node, long... axes) {
    Shape shape = graph.value(node.inputs().get(0)).shape();
    List<Integer> mixed = Arrays.stream(axes).mapToObj(a -> shape.axis((int) a)).toList();
    List<String> inputs = node.op().equals("Concat") ? node.inputs() : node.inputs().subList(0, 1);
    Optional<Changed> all = Optional.empty();
    for (String input : inputs) {
      Changed one = changed.get(input);
      if (one != null) {
        all = all.isEmpty() ? Optional.of(one) : all.flatMap(one::or);
      }
      if (one != null && all.isEmpty()) {
        return Optional.empty();
      }
    }
    if (node.inputs().size() > inputs.size() && onlyFirst(node).isEmpty()) {
      return Optional.empty();
    }
    return all.filter(c -> !mixed.contains(c.axes().row()) && !mixed.contains(c.axes().column()))
        .filter(c -> !mixed.isEmpty() && !mixed.contains(0))
        .filter(c -> !node.op().equals("Concat") || restIsForEachPlace(node, c))
        .map(Spread::same);
  }

  private boolean restIsForEachPlace(Node node, Changed places) {
    Shape out = graph.value(node.output()).shape();
    return node.inputs().stream()
        .filter(i -> !changed.containsKey(i))
        .allMatch(
            i ->
                graph
                    .constant(i)
                    .filter(t -> t.shape().dim(0) == 1)
                    .filter(t -> isForEachPlace(t.shape(), places, out))
                    .isPresent());
  }

  private Optional<Spread> fromAxis(Node node, long axis) {
    int rank = graph.value(node.inputs().get(0)).rank();
    int first = (int) (axis < 0 ? axis + rank : axis);
    long[] axes = new long[rank - first];
    Arrays.setAll(axes, i -> first + i);
    return acrossAxes(node, axes);
  }

  private Optional<Spread> transpose(Node node) {
    int rank = graph.value(node.inputs().get(0)).rank();
    int[] permutation =
        node.attributes()
            .integers("perm")
            .map(p -> Arrays.stream(p).mapToInt(Math::toIntExact).toArray())
            .orElseGet(
                () -> java.util.stream.IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
    return permutation[0] == 0
        ? onlyFirst(node)
            .map(
                c ->
                    Spread.same(new Changed(c.rows(), c.columns(), c.axes().permuted(permutation))))
        : Optional.empty();
  }

  /** A product with one matrix over the last axis. */
  private Optional<Spread> product(Node node) {
    int last = graph.value(node.inputs().get(0)).rank() - 1;
    return onlyFirst(node)
        .filter(c -> c.axes().row() != last && c.axes().column() != last)
        .filter(c -> graph.find(node.inputs().get(1)).filter(w -> w.rank() == 2).isPresent())
        .map(Spread::same);
  }

  private Optional<Spread> convolution(Node node) {
    return graph
        .find(node.inputs().get(1))
        .filter(w -> w.rank() == 4 && w.shape().isStatic())
        .flatMap(w -> windows(node, w.dim(2), w.dim(3), 0));
  }

  private Optional<Spread> pool(Node node) {
    boolean maximum = node.op().equals("MaxPool");
    boolean places = node.hasOutput(1);
    return node.attributes()
        .integers("kernel_shape")
        .filter(k -> k.length == 2 && !places)
        .flatMap(k -> windows(node, k[0], k[1], maximum ? -Float.MAX_VALUE : 0))
        .filter(s -> maximum || isPlain(node.attributes()));
  }

  /** Whether windows lie within the padding, and have no gaps. */
  private static boolean isPlain(Attributes a) {
    boolean gaps =
        a.integers("dilations").filter(d -> Arrays.stream(d).anyMatch(n -> n != 1)).isPresent();
    return !gaps && !a.flag("ceil_mode", false);
  }

  private Optional<Spread> windows(Node node, long height, long width, float outside) {
    Shape in = graph.value(node.inputs().get(0)).shape();
    Shape out = graph.value(node.output()).shape();
    return onlyFirst(node)
        .filter(c -> c.axes().row() == 2 && c.axes().column() == 3)
        .map(
            c -> {
              Sweep down = sweep(node.attributes(), 0, height, in, out);
              Sweep across = sweep(node.attributes(), 1, width, in, out);
              return new Spread(c.through(down, across), down, across, outside);
            });
  }

  private static Sweep sweep(Attributes a, int axis, long kernel, Shape in, Shape out) {
    SlidingWindow window = SlidingWindow.of(a, axis, kernel, in.dim(axis + 2), out.dim(axis + 2));
    return new Sweep((int) window.extent(), (int) window.stride(), (int) window.before());
  }

  /** Cells of one number around rows and columns; what windows read beyond borders is the same. */
  private Optional<Spread> pad(Node node) {
    Optional<long[]> pads = numbers(node, 1);
    Optional<Changed> of = onlyFirst(node);
    boolean constant = node.attributes().text("mode", "constant").equals("constant");
    if (!constant || node.hasInput(3) || pads.isEmpty() || of.isEmpty()) {
      return Optional.empty();
    }
    Optional<Float> outside =
        node.hasInput(2)
            ? graph.constant(node.inputs().get(2)).map(t -> t.floats()[0])
            : Optional.of(0f);
    Changed c = of.get();
    int rank = pads.get().length / 2;
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      if (i != c.axes().row() && i != c.axes().column()) {
        others.add(i);
      }
    }
    boolean elsewhere =
        others.stream().anyMatch(i -> pads.get()[i] != 0 || pads.get()[i + rank] != 0);
    Sweep down = new Sweep(1, 1, (int) pads.get()[c.axes().row()]);
    Sweep across = new Sweep(1, 1, (int) pads.get()[c.axes().column()]);
    return outside
        .filter(o -> !elsewhere)
        .map(o -> new Spread(c.through(down, across), down, across, o));
  }

  private Optional<long[]> numbers(Node node, int input) {
    return node.hasInput(input)
        ? graph.constant(node.inputs().get(input)).map(Tensor::longs)
        : Optional.empty();
  }
}
