package dev.picasso.model.layers;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.pass.ElementOperators;
import dev.picasso.model.layers.Atom.Extended;
import dev.picasso.model.output.Lookup;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the scores need of each value. Where the head reads the class token alone, nothing behind
 * the last attention needs the tokens of the positions: their gradients there are zero.
 *
 * <p>A need is the set of axes along which only such tokens are read as are no positions; the empty
 * set is all of the value.
 */
final class Demand {
  private final Lookup look;
  private final Map<String, Axes> axes;
  private final Map<String, Set<Integer>> needs = new HashMap<>();

  private Demand(Graph graph, Map<String, Axes> axes) {
    this.look = new Lookup(graph);
    this.axes = axes;
  }

  /** What one value of a graph needs of all others. */
  static Demand of(Graph graph, Map<String, Axes> axes, String scores) {
    Demand demand = new Demand(graph, axes);
    demand.needs.put(scores, Set.of());
    List<Node> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      demand.read(nodes.get(i));
    }
    return demand;
  }

  private void read(Node node) {
    for (int i = 0; i < node.inputs().size(); i++) {
      String input = node.inputs().get(i);
      if (!input.isEmpty()) {
        of(node, i).ifPresent(need -> needs.merge(input, need, Demand::both));
      }
    }
  }

  private static Set<Integer> both(Set<Integer> a, Set<Integer> b) {
    Set<Integer> both = new HashSet<>(a);
    both.retainAll(b);
    return both;
  }

  /** Whether the scores need anything of a value. */
  boolean needs(String value) {
    return needs.containsKey(value);
  }

  /** Whether the scores need a value, positions included. */
  boolean needsPositions(String value) {
    return needs.containsKey(value) && needs.getOrDefault(value, Set.of()).isEmpty();
  }

  /** Whether a node hands positions of its input on to the scores. */
  boolean needsPositions(Node node, int input) {
    return of(node, input).filter(Set::isEmpty).isPresent();
  }

  /** What a node needs of its input for that which is needed of it. */
  private Optional<Set<Integer>> of(Node node, int input) {
    Optional<Set<Integer>> all = Optional.empty();
    boolean size = node.op().equals("Shape") || node.op().equals("Size");
    for (int output = 0; output < node.outputs().size() && !size; output++) {
      Set<Integer> need = needs.get(node.outputs().get(output));
      if (need != null) {
        Optional<Set<Integer>> more = of(node, input, output, need);
        all =
            all.isPresent() && more.isPresent()
                ? Optional.of(both(all.get(), more.get()))
                : all.or(() -> more);
      }
    }
    return all;
  }

  private Optional<Set<Integer>> of(Node node, int input, int output, Set<Integer> need) {
    Axes x = axes(node.inputs().get(input));
    Set<Integer> least = new HashSet<>();
    for (int axis : x.extendedAxes()) {
      Extended tokens = x.extended(axis).orElseThrow();
      if (input == 0 && cutsOff(node, output, axis, tokens)) {
        least.add(axis);
      } else {
        to(node, input, output, axis).filter(need::contains).ifPresent(a -> least.add(axis));
      }
    }
    return node.op().equals("Concat") ? concatenated(node, x, need, least) : Optional.of(least);
  }

  private Axes axes(String value) {
    Axes known = axes.get(value);
    return known != null
        ? known
        : look.shape(value).map(Axes::unknown).orElseGet(() -> new Axes(List.of()));
  }

  private boolean cutsOff(Node node, int output, int axis, Extended tokens) {
    return Cut.of(look, node, output)
        .filter(cuts -> cuts.stream().anyMatch(c -> c.axis() == axis && c.leavesOut(tokens)))
        .isPresent();
  }

  /** Positions that become some among other tokens are not needed where only those others are. */
  private Optional<Set<Integer>> concatenated(
      Node node, Axes x, Set<Integer> need, Set<Integer> least) {
    int along = look.axis(node, 0).orElse(-1);
    boolean onlyPositions =
        need.contains(along)
            && along < x.rank()
            && !Atom.places(x.axis(along)).isEmpty()
            && x.extended(along).isEmpty();
    return onlyPositions ? Optional.empty() : Optional.of(least);
  }

  /** The axis of the output each place of which follows from the same place of the input's axis. */
  private Optional<Integer> to(Node node, int input, int output, int axis) {
    Optional<Shape> from = look.shape(node.inputs().get(input));
    Optional<Shape> to = look.shape(node.outputs().get(output));
    if (from.isEmpty() || to.isEmpty() || !node.domain().isEmpty()) {
      return Optional.empty();
    }
    int fromEnd = from.get().rank() - axis;
    int aligned = to.get().rank() - fromEnd;
    return switch (node.op()) {
      case "Transpose" -> same(node.inputs().get(0), axis, node.output());
      case "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Einsum", "Gemm" ->
          same(node.inputs().get(input), axis, node.output());
      case "MatMul" -> {
        boolean summed = input == 0 ? fromEnd == 1 : fromEnd == 2;
        yield summed ? Optional.empty() : Optional.of(aligned);
      }
      case "Softmax", "LogSoftmax" ->
          Optional.of(axis).filter(a -> !look.axis(node, -1).equals(Optional.of(a)));
      case "LayerNormalization" -> look.axis(node, -1).filter(a -> axis < a).map(a -> axis);
      case "BatchNormalization", "Concat", "Slice", "Split", "Pad" -> Optional.of(axis);
      case "Gather" -> {
        boolean scalar = look.shape(node.inputs().get(1)).filter(s -> s.rank() == 0).isPresent();
        int along = look.axis(node, 0).orElse(axis);
        yield input != 0 || along == axis
            ? Optional.empty()
            : Optional.of(scalar && along < axis ? axis - 1 : axis);
      }
      default ->
          node.op().startsWith("Reduce")
              ? reduced(node, axis)
              : Optional.of(aligned).filter(a -> ElementOperators.contain(node.op()));
    };
  }

  /** The one axis of a value that counts the same tokens. */
  private Optional<Integer> same(String from, int axis, String to) {
    Optional<Extended> tokens = axes(from).extended(axis);
    Axes made = axes(to);
    int[] found =
        IntStream.range(0, made.rank()).filter(i -> made.extended(i).equals(tokens)).toArray();
    return found.length == 1 ? Optional.of(found[0]) : Optional.empty();
  }

  private Optional<Integer> reduced(Node node, int axis) {
    Optional<int[]> gone = look.reduced(node);
    if (gone.isEmpty() || Arrays.stream(gone.get()).anyMatch(a -> a == axis)) {
      return Optional.empty();
    }
    boolean kept = node.attributes().flag("keepdims", true);
    int before = (int) Arrays.stream(gone.get()).filter(a -> a < axis).distinct().count();
    return Optional.of(kept ? axis : axis - before);
  }
}
