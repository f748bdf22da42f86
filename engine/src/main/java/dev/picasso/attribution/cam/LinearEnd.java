package dev.picasso.attribution.cam;

import dev.picasso.attribution.InapplicableException;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.model.layers.Grid;
import dev.picasso.model.output.Lookup;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The end of a network that is the mean over all positions of one layer and linear layers behind
 * it: each channel then has one weight for a score, wherever it is active.
 *
 * @param averaged the value whose positions are averaged
 * @param axes over which they are
 */
record LinearEnd(Graph graph, String averaged, List<Integer> axes) {
  /** Operators that are linear in all their inputs that depend on the image. */
  private static final Set<String> LINEAR =
      Set.of(
          ("Identity Dropout Reshape Flatten Squeeze Unsqueeze Transpose Cast Add Sub Neg Sum"
                  + " Concat Slice Split Gather ReduceMean ReduceSum Pad BatchNormalization")
              .split(" "));

  /** Linear where the other factor is the same for all images. */
  private static final Set<String> PRODUCTS = Set.of("Mul", "Div", "MatMul", "Gemm", "Conv");

  /** What treats each position by itself and alike. */
  private static final Set<String> EACH_POSITION =
      Set.of("Identity", "Dropout", "Cast", "BatchNormalization", "Add", "Sub", "Conv", "Mul");

  /**
   * Walks back from a value.
   *
   * @throws InapplicableException if the network does not end so
   */
  static LinearEnd of(Graph graph, String scores) {
    Lookup look = new Lookup(graph);
    Set<String> dependent = dependent(graph);
    Set<String> averaged = new HashSet<>();
    Optional<LinearEnd> end = Optional.empty();
    Deque<String> open = new ArrayDeque<>(List.of(scores));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      String value = open.poll();
      if (!seen.add(value) || !dependent.contains(value)) {
        continue;
      }
      Node node = look.maker(value).orElseThrow(() -> refused("no layer averages its positions"));
      Optional<List<Integer>> axes = averagedAxes(look, node);
      if (axes.isPresent()) {
        String input = node.inputs().get(0);
        averaged.add(input);
        end = Optional.of(new LinearEnd(graph, input, axes.get()));
      } else if (isLinear(look, node, dependent)) {
        open.addAll(node.inputs());
      } else {
        throw refused("there is " + node.op() + " (" + node.name() + ") between");
      }
    }
    if (averaged.size() > 1) {
      throw refused("it averages " + averaged.size() + " layers: " + String.join(", ", averaged));
    }
    return end.orElseThrow(() -> refused("its scores depend on no image"));
  }

  /** The way in which the positions lie, where all that is averaged are positions. */
  Optional<Grid> grid() {
    Shape shape = graph.value(averaged).shape();
    if (shape.rank() == 4 && axes.equals(List.of(2, 3))) {
      return Optional.of(new Grid.Spatial((int) shape.dim(2), (int) shape.dim(3)));
    }
    if (shape.rank() == 4 && axes.equals(List.of(1, 2))) {
      return Optional.of(new Grid.SpatialLast((int) shape.dim(1), (int) shape.dim(2)));
    }
    return Optional.empty();
  }

  /**
   * Whether nothing lies between a value and the mean but what treats each position by itself,
   * alike and linearly.
   */
  boolean leadsFrom(String value) {
    Lookup look = new Lookup(graph);
    String at = averaged;
    while (!at.equals(value)) {
      Optional<Node> node = look.maker(at).filter(n -> isPositionwise(look, n));
      if (node.isEmpty()) {
        return false;
      }
      List<String> inputs = node.get().inputs();
      at = look.isFixed(inputs.get(0)) ? inputs.get(1) : inputs.get(0);
    }
    return true;
  }

  private static boolean isPositionwise(Lookup look, Node node) {
    boolean reads = EACH_POSITION.contains(node.op());
    if (node.op().equals("Conv")) {
      Optional<Shape> kernel = look.shape(node.inputs().get(1)).filter(k -> k.rank() == 4);
      return look.isFixed(node.inputs().get(1))
          && kernel.isPresent()
          && kernel.get().dim(2) == 1
          && kernel.get().dim(3) == 1
          && look.shape(node.inputs().get(0))
              .flatMap(x -> look.shape(node.outputs().get(0)).map(y -> sameSides(x, y)))
              .orElse(false);
    }
    if (node.op().equals("Mul")) {
      return look.scalar(node, 0).isPresent() || look.scalar(node, 1).isPresent();
    }
    return reads && node.inputs().stream().filter(i -> !look.isFixed(i)).count() == 1;
  }

  private static boolean sameSides(Shape x, Shape y) {
    return x.rank() == 4 && y.rank() == 4 && x.dim(2) == y.dim(2) && x.dim(3) == y.dim(3);
  }

  /** The axes, two of images or one of tokens, over all of which a node takes the mean. */
  private static Optional<List<Integer>> averagedAxes(Lookup look, Node node) {
    Optional<Shape> shape =
        node.inputs().isEmpty() ? Optional.empty() : look.shape(node.inputs().get(0));
    if (shape.isEmpty()) {
      return Optional.empty();
    }
    Shape x = shape.get();
    Optional<List<Integer>> axes =
        switch (node.op()) {
          case "GlobalAveragePool" -> Optional.of(IntStream.range(2, x.rank()).boxed().toList());
          case "ReduceMean" ->
              look.reduced(node).map(a -> Arrays.stream(a).sorted().boxed().toList());
          case "AveragePool" -> wholePool(look, node, x);
          default -> Optional.empty();
        };
    return axes.filter(
        a -> !a.contains(0) && a.stream().mapToLong(x::dim).reduce(1, (p, q) -> p * q) > 1);
  }

  /** An average pool with one window, which covers everything. */
  private static Optional<List<Integer>> wholePool(Lookup look, Node node, Shape x) {
    long[] kernel = node.attributes().integers("kernel_shape").orElse(new long[0]);
    Optional<Shape> y = look.shape(node.outputs().get(0));
    boolean whole =
        y.isPresent()
            && IntStream.range(0, kernel.length)
                .allMatch(i -> kernel[i] == x.dim(i + 2) && y.get().dim(i + 2) == 1);
    boolean padded =
        Arrays.stream(node.attributes().integers("pads").orElse(new long[0])).anyMatch(p -> p != 0);
    return whole && !padded
        ? Optional.of(IntStream.range(2, x.rank()).boxed().toList())
        : Optional.empty();
  }

  private static boolean isLinear(Lookup look, Node node, Set<String> dependent) {
    if (PRODUCTS.contains(node.op())) {
      return node.inputs().stream().filter(dependent::contains).count() == 1
          && (!node.op().equals("Div") || !dependent.contains(node.inputs().get(1)));
    }
    return LINEAR.contains(node.op())
        && (!node.op().equals("Cast")
            || look.graph()
                .find(node.outputs().get(0))
                .filter(v -> v.type().isFloating())
                .isPresent());
  }

  /** The values that depend on an input. */
  private static Set<String> dependent(Graph graph) {
    Set<String> dependent = new HashSet<>();
    graph.inputs().stream().map(Value::name).forEach(dependent::add);
    for (Node node : graph.nodes()) {
      if (node.inputs().stream().anyMatch(dependent::contains)) {
        dependent.addAll(node.outputs());
      }
    }
    return dependent;
  }

  private static InapplicableException refused(String why) {
    return new InapplicableException(
        "CAM needs a network whose scores are linear layers on the mean over all positions of one"
            + " layer; here "
            + why
            + ". Grad-CAM needs no such end.");
  }
}
