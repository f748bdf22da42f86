package dev.picasso.graph.pass;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Whether a graph treats each row of its batch by itself, by rule: each value has one axis that is
 * the batch, images first along it, and each operator makes each row of that from the same row of
 * its inputs. What has no rule here is not known to.
 */
final class RowWise {
  /** With images on the first axis; the other inputs are weights. */
  private static final Set<String> BY_IMAGE =
      Set.of(
          ("AveragePool BatchNormalization Conv ConvTranspose DepthToSpace GlobalAveragePool"
                  + " GlobalLpPool GlobalMaxPool GroupNormalization InstanceNormalization LRN LpPool"
                  + " MaxPool SpaceToDepth")
              .split(" "));

  /** Along the axis that an attribute names, by default the last. */
  private static final Set<String> ALONG_LAST =
      Set.of("Softmax", "LogSoftmax", "Hardmax", "LpNormalization", "TopK");

  private static final Set<String> ALONG_FIRST = Set.of("ArgMax", "ArgMin", "Concat", "Split");

  private final Graph graph;

  private RowWise(Graph graph) {
    this.graph = graph;
  }

  /**
   * Whether it does.
   *
   * @param graph with its shapes, as far as they are known; all of its inputs have a batch
   */
  static boolean holds(Graph graph) {
    RowWise rules = new RowWise(graph);
    return graph.nodes().stream().allMatch(rules::holds)
        && graph.outputs().stream().allMatch(o -> rules.axis(o).filter(a -> a == 0).isPresent());
  }

  private boolean holds(Node node) {
    boolean known =
        Stream.concat(node.inputs().stream(), node.outputs().stream())
            .allMatch(v -> v.isEmpty() || graph.find(v).isPresent());
    if (!known || !node.domain().isEmpty() || node.inputs().isEmpty()) {
      return false;
    }
    List<Integer> rows =
        LongStream.range(0, node.inputs().size())
            .mapToObj(i -> (int) i)
            .filter(i -> node.hasInput(i) && isRows(node.inputs().get(i)))
            .toList();
    if (rows.isEmpty()) {
      return node.outputs().stream().noneMatch(this::isRows) && !Randomness.draws(node);
    }
    boolean oneAxis =
        Stream.concat(rows.stream().map(node.inputs()::get), node.outputs().stream())
            .allMatch(v -> v.isEmpty() || axis(v).isPresent());
    return oneAxis && (ElementOperators.contain(node.op()) ? byElement(node) : holds(node, rows));
  }

  /** Operands that are no rows have one element along the batch, for all images. */
  private boolean byElement(Node node) {
    Shape y = shape(node.output());
    int fromEnd = y.rank() - axis(node.output()).orElseThrow();
    return node.inputs().stream()
        .filter(i -> !i.isEmpty() && !isRows(i))
        .map(this::shape)
        .allMatch(s -> s.rank() < fromEnd || s.dim(-fromEnd) == 1);
  }

  private boolean holds(Node node, List<Integer> rows) {
    boolean onlyFirst = rows.equals(List.of(0));
    if (node.op().equals("MatMul")) {
      return matMul(node, rows);
    }
    if (node.op().equals("Concat")) {
      return rows.size() == node.inputs().size() && beside(node, 0);
    }
    if (!onlyFirst && !node.op().equals("Gemm")) {
      return false;
    }
    String x = node.inputs().get(0);
    int axis = axis(x).orElseThrow();
    if (BY_IMAGE.contains(node.op())) {
      return axis == 0 && !node.hasOutput(1); // places of maxima count from the first image on
    }
    if (ALONG_LAST.contains(node.op()) || ALONG_FIRST.contains(node.op())) {
      return beside(node, ALONG_LAST.contains(node.op()) ? -1 : 0);
    }
    if (node.op().startsWith("Reduce")) {
      return numbers(node, 1).filter(axes -> noneIs(axes, axis, shape(x).rank())).isPresent();
    }
    return switch (node.op()) {
      case "Transpose" -> true;
      case "Reshape", "Flatten", "Squeeze", "Unsqueeze" ->
          before(x) == before(node.output()) && inOrder(x) && inOrder(node.output());
      case "Gather" -> beside(node, 0);
      case "LayerNormalization" ->
          axis < shape(x).axis((int) node.attributes().integer("axis", -1));
      case "CumSum" ->
          numbers(node, 1).filter(axes -> noneIs(axes, axis, shape(x).rank())).isPresent();
      case "Slice" ->
          numbers(node, 3).filter(axes -> noneIs(axes, axis, shape(x).rank())).isPresent();
      case "Pad" ->
          !node.hasInput(3)
              && numbers(node, 1)
                  .filter(p -> p[axis] == 0 && p[axis + p.length / 2] == 0)
                  .isPresent();
      case "Tile" -> numbers(node, 1).filter(r -> r[axis] == 1).isPresent();
      case "Resize" -> resize(node, axis);
      case "Gemm" -> gemm(node, rows, axis);
      default -> false;
    };
  }

  /** Rows are not what is multiplied and summed over. */
  private boolean matMul(Node node, List<Integer> rows) {
    Shape a = shape(node.inputs().get(0));
    Shape b = shape(node.inputs().get(1));
    boolean left = !rows.contains(0) || axis(node.inputs().get(0)).orElseThrow() != a.rank() - 1;
    boolean right =
        !rows.contains(1) || axis(node.inputs().get(1)).orElseThrow() != Math.max(0, b.rank() - 2);
    return left && right;
  }

  private boolean gemm(Node node, List<Integer> rows, int axis) {
    boolean weights = !rows.contains(1);
    boolean bias =
        !node.hasInput(2)
            || rows.contains(2)
            || shape(node.inputs().get(2)).rank() < 2
            || shape(node.inputs().get(2)).dim(0) == 1;
    return weights
        && bias
        && rows.contains(0)
        && axis == (node.attributes().flag("transA", false) ? 1 : 0);
  }

  /** Only by scales for all axes: sizes would say how many images there are. */
  private boolean resize(Node node, int axis) {
    if (node.attributes().has("axes") || node.hasInput(3)) {
      return false;
    }
    Optional<Tensor> scales =
        node.hasInput(2) ? graph.constant(node.inputs().get(2)) : Optional.empty();
    boolean cropped =
        node.attributes().text("coordinate_transformation_mode", "").startsWith("tf_crop");
    return !cropped && scales.filter(s -> s.size() > axis && s.floats()[axis] == 1).isPresent();
  }

  private boolean beside(Node node, int whenAbsent) {
    Shape x = shape(node.inputs().get(0));
    int along = x.axis((int) node.attributes().integer("axis", whenAbsent));
    return node.inputs().stream()
        .filter(this::isRows)
        .allMatch(i -> axis(i).orElseThrow() != along);
  }

  private static boolean noneIs(long[] axes, int axis, int rank) {
    LongPredicate other = a -> (a < 0 ? a + rank : a) != axis;
    return axes.length > 0 && Arrays.stream(axes).allMatch(other);
  }

  /** Elements before the axis of the batch. */
  private long before(String value) {
    return LongStream.of(shape(value).dims())
        .limit(axis(value).orElseThrow())
        .reduce(1, Math::multiplyExact);
  }

  private boolean inOrder(String value) {
    return LongStream.of(shape(value).dims()).noneMatch(d -> d == 0);
  }

  private Optional<long[]> numbers(Node node, int input) {
    return node.hasInput(input)
        ? graph.constant(node.inputs().get(input)).map(Tensor::longs)
        : Optional.empty();
  }

  private Shape shape(String value) {
    return graph.value(value).shape();
  }

  private boolean isRows(String value) {
    return graph.find(value).map(Value::shape).filter(s -> s.batchAxes() > 0).isPresent();
  }

  /** The only axis that is the batch. */
  private Optional<Integer> axis(String value) {
    Shape shape = shape(value);
    return shape.batchAxes() == 1
        ? LongStream.range(0, shape.rank())
            .mapToObj(i -> (int) i)
            .filter(i -> shape.dim(i) < 0)
            .findFirst()
        : Optional.empty();
  }
}
