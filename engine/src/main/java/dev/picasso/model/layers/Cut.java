package dev.picasso.model.layers;

import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.model.layers.Atom.Digit;
import dev.picasso.model.layers.Atom.Extended;
import dev.picasso.model.output.Lookup;
import dev.picasso.model.receptive.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of an axis that a node picks.
 *
 * @param axis of the node's first input
 * @param step between the picked ones, as in every second row; never 0
 * @param dropsAxis whether the axis is gone afterwards
 */
record Cut(int axis, long start, long end, long step, boolean dropsAxis) {
  /** What a node picks for one of its outputs; empty for other nodes, or where it is computed. */
  static Optional<List<Cut>> of(Lookup look, Node node, int output) {
    Optional<Shape> x = node.hasInput(0) ? look.shape(node.inputs().get(0)) : Optional.empty();
    if (x.isEmpty()) {
      return Optional.empty();
    }
    return switch (node.op()) {
      case "Slice" -> slice(look, node, x.get());
      case "Split" -> split(look, node, output).map(List::of);
      case "Gather" -> gather(look, node, x.get()).map(List::of);
      default -> Optional.empty();
    };
  }

  private static Optional<List<Cut>> slice(Lookup look, Node node, Shape x) {
    Optional<long[]> starts = look.constant(node, 1).map(Tensor::longs);
    Optional<long[]> ends = look.constant(node, 2).map(Tensor::longs);
    Optional<long[]> axes = look.constant(node, 3).map(Tensor::longs);
    Optional<long[]> steps = look.constant(node, 4).map(Tensor::longs);
    boolean computed =
        (node.hasInput(3) && axes.isEmpty()) || (node.hasInput(4) && steps.isEmpty());
    if (starts.isEmpty() || ends.isEmpty() || computed) {
      return Optional.empty();
    }
    int count = starts.get().length;
    boolean fit =
        ends.get().length == count
            && axes.map(a -> a.length == count).orElse(true)
            && steps.map(s -> s.length == count).orElse(true);
    if (!fit) {
      return Optional.empty();
    }
    List<Cut> cuts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long named = axes.isPresent() ? axes.get()[i] : i;
      if (named < -x.rank() || named >= x.rank()) {
        return Optional.empty();
      }
      int axis = x.axis((int) named);
      long step = steps.isPresent() ? steps.get()[i] : 1;
      long length = x.dim(axis);
      if (length < 0) {
        continue; // a part of the batch; its length tells, or nothing does
      }
      long start = bound(starts.get()[i], length);
      long end = bound(ends.get()[i], length);
      cuts.add(
          step > 0 ? new Cut(axis, start, end, step, false) : new Cut(axis, 0, length, -1, false));
    }
    return Optional.of(cuts);
  }

  private static Optional<Cut> split(Lookup look, Node node, int output) {
    Optional<Integer> axis = look.axis(node, 0);
    long start = 0;
    for (int i = 0; i <= output && axis.isPresent(); i++) {
      Optional<Shape> part = look.shape(node.outputs().get(i));
      if (part.isEmpty()) {
        return Optional.empty();
      }
      long length = part.get().dim(axis.get());
      if (i == output) {
        return Optional.of(new Cut(axis.get(), start, start + length, 1, false));
      }
      start += length;
    }
    return Optional.empty();
  }

  /** One place, by a number or a list of one. */
  private static Optional<Cut> gather(Lookup look, Node node, Shape x) {
    Optional<Integer> axis = look.axis(node, 0);
    Optional<Tensor> index = look.constant(node, 1).filter(t -> t.size() == 1);
    boolean usual = index.filter(t -> t.shape().rank() < 2).isPresent();
    if (axis.isEmpty() || !usual) {
      return Optional.empty();
    }
    long length = x.dim(axis.get());
    long at = index.get().longs()[0];
    long start = at < 0 ? at + length : at;
    return length < 0 || start < 0 || start >= length
        ? Optional.empty()
        : Optional.of(new Cut(axis.get(), start, start + 1, 1, index.get().shape().rank() == 0));
  }

  private static long bound(long at, long length) {
    return Math.max(0, Math.min(length, at < 0 ? at + length : at));
  }

  private long length() {
    return step < 0 ? end - start : (end - start + step - 1) / step;
  }

  /** Where the picked ones were; not told of an axis that is turned round. */
  private Optional<Reach> reach() {
    return step > 0 ? Optional.of(Reach.ofEvery(step, start)) : Optional.empty();
  }

  /** What the axis counts afterwards. */
  List<Atom> of(List<Atom> axis) {
    if (axis.size() == 1 && axis.get(0) instanceof Extended extended) {
      return of(extended);
    }
    if (axis.size() == 1 && axis.get(0) instanceof Digit digit && digit.kind().isPlace()) {
      return List.of(digit.seen(reach(), length()));
    }
    boolean all = Atom.product(axis) == length();
    return all ? axis : List.of(Atom.digit(Atom.Kind.OTHER, length()));
  }

  private List<Atom> of(Extended tokens) {
    boolean whole =
        step == 1 && start <= tokens.leading() && end >= tokens.leading() + tokens.inside();
    if (!whole) {
      return List.of(Atom.digit(Atom.Kind.OTHER, length()));
    }
    long leading = tokens.leading() - start;
    long trailing = end - tokens.leading() - tokens.inside();
    return leading == 0 && trailing == 0
        ? List.copyOf(tokens.positions())
        : List.of(new Extended(tokens.positions(), leading, trailing));
  }

  /** Whether none of the positions is among what is picked. */
  boolean leavesOut(Extended tokens) {
    return end <= tokens.leading() || start >= tokens.leading() + tokens.inside();
  }
}
