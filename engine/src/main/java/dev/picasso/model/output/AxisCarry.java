package dev.picasso.model.output;

import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Where an axis of what a node reads lies in what it makes. */
public final class AxisCarry {
  /** In place of an axis of length one that was squeezed away. */
  public static final int GONE = -1;

  private final Lookup look;

  public AxisCarry(Lookup look) {
    this.look = look;
  }

  /**
   * The axis of the node's first output; empty where it is mixed with others or summed up.
   *
   * @param input which of the node's inputs the axis belongs to
   */
  public Optional<Integer> through(Node node, int input, int axis) {
    Optional<Shape> from = look.shape(node.inputs().get(input));
    Optional<Shape> to = look.shape(node.output());
    if (axis == GONE || from.isEmpty() || to.isEmpty()) {
      return axis == GONE ? Optional.of(GONE) : Optional.empty();
    }
    return switch (node.op()) {
      case "Transpose" -> transposed(node, from.get().rank(), axis);
      case "Reshape", "Squeeze", "Unsqueeze", "Flatten" -> reshaped(from.get(), to.get(), axis);
      case "Gather" -> gathered(node, input, axis);
      case "MatMul" ->
          Interpolation.of(look, node)
              .filter(i -> i.input() == input && axis != from.get().rank() - i.axis())
              .map(i -> axis);
      case "Gemm", "Conv", "ConvTranspose", "Einsum" -> Optional.empty();
      case "ArgMax", "ArgMin" -> reduced(node, look.axis(node, 0).map(a -> new int[] {a}), axis);
      default ->
          node.op().startsWith("Reduce")
              ? reduced(node, look.reduced(node), axis)
              : aligned(from.get(), to.get(), axis);
    };
  }

  private static Optional<Integer> transposed(Node node, int rank, int axis) {
    long[] order =
        node.attributes()
            .integers("perm")
            .orElse(IntStream.range(0, rank).mapToLong(i -> rank - 1 - i).toArray());
    return IntStream.range(0, order.length).filter(i -> order[i] == axis).boxed().findFirst();
  }

  /**
   * The axis with as many numbers before it, and of the same length. Of an axis that is split, the
   * last part: a sequence of classes, or boxes with classes, are written so.
   */
  public static Optional<Integer> reshaped(Shape from, Shape to, int axis) {
    long length = Math.abs(from.dim(axis));
    long before = before(from, axis);
    int last = GONE;
    int sameBefore = GONE;
    for (int i = 0; i < to.rank(); i++) {
      long here = before(to, i);
      if (here == before && to.dim(i) == length) {
        last = i;
        sameBefore = i == axis ? i : sameBefore;
      }
    }
    if (last != GONE) {
      return Optional.of(sameBefore == GONE ? last : sameBefore);
    }
    return length == 1 ? Optional.of(GONE) : split(to, before, length);
  }

  private static Optional<Integer> split(Shape to, long before, long length) {
    for (int i = 0; i < to.rank(); i++) {
      if (to.dim(i) > 1 && before(to, i) >= before && end(to, i) == before * length) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static long end(Shape shape, int axis) {
    return before(shape, axis) * Math.abs(shape.dim(axis));
  }

  /** How many numbers of one image the axes before one count; very many are cut short. */
  private static long before(Shape shape, int axis) {
    double product = 1;
    for (int i = 0; i < axis; i++) {
      product *= Math.abs(shape.dim(i));
    }
    return (long) product;
  }

  private Optional<Integer> reduced(Node node, Optional<int[]> axes, int axis) {
    if (axes.isEmpty() || Arrays.stream(axes.get()).anyMatch(a -> a == axis)) {
      return Optional.empty();
    }
    boolean kept = node.attributes().flag("keepdims", true);
    int gone = (int) Arrays.stream(axes.get()).filter(a -> a < axis).distinct().count();
    return Optional.of(kept ? axis : axis - gone);
  }

  private Optional<Integer> gathered(Node node, int input, int axis) {
    Optional<Integer> along = look.axis(node, 0);
    Optional<Integer> rank = look.shape(node.inputs().get(1)).map(Shape::rank);
    if (input != 0 || along.isEmpty() || rank.isEmpty()) {
      return Optional.empty();
    }
    if (along.get() == axis) {
      return rank.get() == 1 ? Optional.of(axis) : Optional.empty();
    }
    return Optional.of(axis < along.get() ? axis : axis + rank.get() - 1);
  }

  /** As NumPy lines up shapes of different ranks: by their last axes. */
  private static Optional<Integer> aligned(Shape from, Shape to, int axis) {
    int more = to.rank() - from.rank();
    return more >= 0 ? Optional.of(axis + more) : Optional.empty();
  }

  /** The axis of a node's first input that becomes one of its output, if there is just one. */
  public Optional<Integer> back(Node node, int axis) {
    Optional<Shape> from = look.shape(node.inputs().get(0));
    if (from.isEmpty()) {
      return Optional.empty();
    }
    int[] found =
        IntStream.range(0, from.get().rank())
            .filter(i -> through(node, 0, i).equals(Optional.of(axis)))
            .toArray();
    return found.length == 1 ? Optional.of(found[0]) : Optional.empty();
  }
}
