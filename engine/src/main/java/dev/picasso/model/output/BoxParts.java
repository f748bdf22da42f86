package dev.picasso.model.output;

import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Boxes and classes that a Concat near the end puts beside one another.
 *
 * @param axis of the output, along which they lie
 * @param from where the classes begin
 * @param to where they end
 */
record BoxParts(int axis, long from, long to) {
  private static final int FAR = 40;

  /** The parts of an output of many places; empty where there is no box among them. */
  static Optional<BoxParts> of(Lookup look, Value output) {
    AxisCarry carry = new AxisCarry(look);
    Deque<Node> path = new ArrayDeque<>();
    Optional<Node> node = look.maker(output.name());
    while (node.isPresent() && path.size() < FAR) {
      Node now = node.get();
      Optional<Integer> axis = now.op().equals("Concat") ? look.axis(now, 0) : Optional.empty();
      Optional<BoxParts> parts = axis.flatMap(a -> parts(look, now, a));
      if (parts.isPresent()) {
        Optional<Integer> carried = axis;
        for (Node passed : path) {
          carried = carried.flatMap(a -> carry.through(passed, 0, a));
        }
        return carried
            .filter(a -> a > 0 && a < output.rank() && places(output.shape(), a) > 1)
            .map(a -> new BoxParts(a, parts.get().from(), parts.get().to()));
      }
      if (!now.op().equals("Concat") && !Lookup.onlyMoves(now)) {
        return Optional.empty();
      }
      path.push(now);
      node = look.maker(now, 0);
    }
    return Optional.empty();
  }

  private static double places(Shape shape, int axis) {
    double places = 1;
    for (int i = 1; i < shape.rank(); i++) {
      places *= i == axis ? 1 : shape.dim(i);
    }
    return places;
  }

  /**
   * A box is one part of four columns or two of two. Classes are what a softmax or a sigmoid makes;
   * else the widest part that is left. Where a sigmoid makes one part of all, the first is whether
   * there is an object.
   */
  private static Optional<BoxParts> parts(Lookup look, Node concat, int axis) {
    List<String> inputs = concat.inputs();
    long[] widths =
        inputs.stream()
            .mapToLong(
                i -> look.shape(i).filter(s -> axis < s.rank()).map(s -> s.dim(axis)).orElse(-1L))
            .toArray();
    boolean pairs = widths.length == 3 && widths[0] == 2 && widths[1] == 2 && widths[2] > 0;
    if (pairs) {
      return Optional.of(new BoxParts(axis, widths[2] > 1 ? 5 : 4, 4 + widths[2]));
    }
    int box = -1;
    int classes = -1;
    long best = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean active = isActivated(look, inputs.get(i));
      if (widths[i] < 1) {
        return Optional.empty();
      }
      if (box < 0 && widths[i] == 4 && !active) {
        box = i;
      } else if (widths[i] + (active ? 1L << 40 : 0) > best) {
        best = widths[i] + (active ? 1L << 40 : 0);
        classes = i;
      }
    }
    if (box < 0 || classes < 0 || best < 1L << 40) {
      return Optional.empty();
    }
    long from = 0;
    for (int i = 0; i < classes; i++) {
      from += widths[i];
    }
    return Optional.of(new BoxParts(axis, from, from + widths[classes]));
  }

  private static boolean isActivated(Lookup look, String value) {
    return look.computing(value)
        .filter(n -> n.op().equals("Softmax") || n.op().equals("Sigmoid"))
        .isPresent();
  }
}
