package dev.picasso.model.output;

import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.util.Optional;

/** Slices that take out again what a Concat put in. */
public final class Parts {
  private Parts() {}

  /** The input of the Concat before a Slice, or its transpose, that is just what is cut out. */
  public static Optional<String> ofConcat(Lookup look, Node slice) {
    Optional<Shape> whole = look.shape(slice.inputs().get(0));
    Optional<Integer> axis = whole.flatMap(w -> cut(look, slice, w));
    Optional<Node> concat = look.maker(slice, 0);
    AxisCarry carry = new AxisCarry(look);
    while (concat.isPresent() && concat.get().op().equals("Transpose")) {
      Node transpose = concat.get();
      axis = axis.flatMap(a -> carry.back(transpose, a));
      concat = look.maker(transpose, 0);
    }
    Optional<Integer> joined =
        concat.filter(n -> n.op().equals("Concat")).flatMap(c -> look.axis(c, 0));
    if (concat.isEmpty() || whole.isEmpty() || joined.isEmpty() || !joined.equals(axis)) {
      return Optional.empty();
    }
    return part(look, slice, concat.get(), joined.get());
  }

  private static Optional<String> part(Lookup look, Node slice, Node concat, int axis) {
    long length = look.shape(concat.output()).map(s -> s.dim(axis)).orElse(0L);
    long start = bound(number(look, slice, 1), length);
    long end = bound(number(look, slice, 2), length);
    long from = 0;
    for (String part : concat.inputs()) {
      long to = from + look.shape(part).map(s -> s.dim(axis)).orElse(Long.MIN_VALUE / 2);
      if (from == start && to == end) {
        return Optional.of(part);
      }
      from = to;
    }
    return Optional.empty();
  }

  /** The only axis on which a Slice works, in steps of one. */
  private static Optional<Integer> cut(Lookup look, Node slice, Shape whole) {
    boolean one =
        look.constant(slice, 1).filter(t -> t.size() == 1).isPresent()
            && look.constant(slice, 2).filter(t -> t.size() == 1).isPresent();
    long named = slice.hasInput(3) ? number(look, slice, 3) : 0;
    boolean steady = !slice.hasInput(4) || number(look, slice, 4) == 1;
    return one && steady && named >= -whole.rank() && named < whole.rank()
        ? Optional.of(whole.axis((int) named))
        : Optional.empty();
  }

  private static long number(Lookup look, Node node, int input) {
    return look.constant(node, input)
        .filter(t -> t.size() == 1)
        .map(Tensor::longs)
        .map(numbers -> numbers[0])
        .orElse(Long.MIN_VALUE / 4);
  }

  private static long bound(long at, long length) {
    return Math.max(0, Math.min(length, at < 0 ? at + length : at));
  }
}
