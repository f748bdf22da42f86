package dev.picasso.format.functions;

import dev.picasso.format.layout.Kernels;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Functions speak of the axes of the file; values may lie with their channels moved to axis 1. */
final class Layouts {
  /** An operator along axes of a stored value. */
  @FunctionalInterface
  interface Along {
    Value emit(Value stored, long[] axes);
  }

  private Layouts() {}

  /** The axes of the stored value that the function calls by these numbers. */
  static long[] stored(LaidOut x, long[] axes) {
    return Arrays.stream(axes).map(a -> x.storedAxis((int) a)).toArray();
  }

  /** What an operator makes that leaves all axes where they are. */
  static LaidOut keeping(LaidOut x, long[] axes, Along operator) {
    return x.with(operator.emit(x.stored(), stored(x, axes)));
  }

  /** What an operator makes that takes axes away. */
  static LaidOut removing(GraphBuilder g, LaidOut x, long[] axes, Along operator) {
    boolean batchGoes = contains(axes, 0) && axes.length < x.rank();
    LaidOut from = batchGoes ? LaidOut.asIs(x.logical(g)) : x;
    Value y = operator.emit(from.stored(), stored(from, axes));
    boolean channelsStay = from.channelsMoved() && !contains(axes, x.rank() - 1);
    return channelsStay ? LaidOut.moved(y) : LaidOut.asIs(y);
  }

  private static boolean contains(long[] axes, int axis) {
    return Arrays.stream(axes).anyMatch(a -> a == axis);
  }

  /** One number per axis, in the order in which the axes are stored. */
  static long[] perStoredAxis(LaidOut x, long[] perAxis) {
    long[] numbers = new long[perAxis.length];
    for (int i = 0; i < perAxis.length; i++) {
      numbers[x.storedAxis(i)] = perAxis[i];
    }
    return numbers;
  }

  /** Values of one rank in one layout: channels stay moved where any of them are. */
  static List<LaidOut> aligned(GraphBuilder g, List<LaidOut> values) {
    boolean moved = values.stream().anyMatch(LaidOut::channelsMoved);
    return values.stream()
        .map(v -> moved ? LaidOut.moved(v.channelsFirst(g)) : LaidOut.asIs(v.logical(g)))
        .toList();
  }

  /**
   * Values whose stored shapes broadcast as NumPy's rule broadcasts what the function sees: shapes
   * aligned at their ends.
   */
  static Aligned broadcasting(GraphBuilder g, List<Operand> operands) {
    int rank = operands.stream().mapToInt(Operand::rank).max().orElseThrow();
    boolean moved =
        operands.stream()
            .anyMatch(
                o -> o instanceof Operand.Given x && x.x().channelsMoved() && x.x().rank() == rank);
    List<Value> values = operands.stream().map(o -> broadcasting(g, o, rank, moved)).toList();
    return new Aligned(values, moved);
  }

  /** Values in one layout, and what is made of them. */
  record Aligned(List<Value> values, boolean moved) {
    Value get(int i) {
      return values.get(i);
    }

    LaidOut close(Value y) {
      return moved ? LaidOut.moved(y) : LaidOut.asIs(y);
    }
  }

  private static Value broadcasting(GraphBuilder g, Operand operand, int rank, boolean moved) {
    if (operand instanceof Operand.Literal literal) {
      Tensor tensor = literal.tensor();
      return g.constant(moved && tensor.size() > 1 ? movedTensor(tensor, rank) : tensor);
    }
    LaidOut x = ((Operand.Given) operand).x();
    if (!moved || x.rank() == 0) {
      return x.logical(g);
    }
    if (x.rank() == rank) {
      return x.channelsFirst(g);
    }
    Value full = g.reshape(x.logical(g), Shape.of(padded(x.shape().dims(), rank)));
    return LaidOut.asIs(full).channelsFirst(g);
  }

  private static Tensor movedTensor(Tensor tensor, int rank) {
    long[] dims = padded(tensor.shape().dims(), rank);
    int[] toFirst =
        IntStream.range(0, rank).map(i -> i == 0 ? 0 : i == 1 ? rank - 1 : i - 1).toArray();
    long[] moved = Shape.of(dims).permuted(toFirst).dims();
    boolean still = Arrays.stream(dims).skip(1).filter(d -> d != 1).count() <= 1;
    DataType type = tensor.type();
    return still
        ? tensor.reshaped(moved)
        : Kernels.permuted(tensor.reshaped(dims), toFirst).as(type);
  }

  private static long[] padded(long[] dims, int rank) {
    return LongStream.concat(
            LongStream.generate(() -> 1).limit(rank - dims.length), Arrays.stream(dims))
        .toArray();
  }
}
