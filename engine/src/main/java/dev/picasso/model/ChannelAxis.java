package dev.picasso.model;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Finds the axis of an input that holds the channels by its use: a convolution has them at axis 1
 * of what it reads, and only transposes move axes. Where none follows, other operators of images
 * tell; a batch normalization alone may have been told a wrong axis.
 */
final class ChannelAxis {
  private static final Set<String> CONVOLUTIONS = Set.of("Conv", "ConvTranspose");

  /** Other operators whose first input has its channels at axis 1, and whose output too. */
  private static final Set<String> IMAGE =
      Set.of(
          "BatchNormalization",
          "InstanceNormalization",
          "GroupNormalization",
          "LRN",
          "MaxPool",
          "AveragePool",
          "GlobalAveragePool",
          "GlobalMaxPool");

  /** Operators that leave each axis where it is. */
  private static final Set<String> STILL =
      Set.of(
          "Identity",
          "Cast",
          "Dropout",
          "Pad",
          "Slice",
          "Split",
          "Concat",
          "Clip",
          "Resize",
          "Neg",
          "Abs",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Relu",
          "QuantizeLinear",
          "DequantizeLinear");

  private ChannelAxis() {}

  /** The axis; empty where no operator of images reads what becomes of the input. */
  static OptionalInt of(Graph graph, Value input) {
    Map<String, int[]> origins = new HashMap<>();
    origins.put(input.name(), IntStream.range(0, input.rank()).toArray());
    OptionalInt other = OptionalInt.empty();
    for (Node node : graph.nodes()) {
      Optional<int[]> read =
          node.domain().isEmpty()
              ? node.inputs().stream().filter(origins::containsKey).findFirst().map(origins::get)
              : Optional.empty();
      if (read.isEmpty()) {
        continue;
      }
      boolean image = origins.containsKey(node.inputs().get(0)) && read.get().length > 2;
      if (image && CONVOLUTIONS.contains(node.op())) {
        return OptionalInt.of(read.get()[1]);
      }
      if (image && IMAGE.contains(node.op()) && other.isEmpty()) {
        other = OptionalInt.of(read.get()[1]);
      }
      moved(graph, node, read.get())
          .ifPresent(axes -> node.outputs().forEach(o -> origins.put(o, axes)));
    }
    return other;
  }

  /** Where each axis of the output comes from. */
  private static Optional<int[]> moved(Graph graph, Node node, int[] axes) {
    if (node.op().equals("Transpose")) {
      return node.attributes()
          .integers("perm")
          .filter(p -> p.length == axes.length)
          .map(p -> LongStream.of(p).mapToInt(i -> axes[(int) i]).toArray());
    }
    List<Integer> ranks =
        node.outputs().stream().flatMap(o -> graph.find(o).stream()).map(Value::rank).toList();
    boolean sameRank = ranks.stream().allMatch(r -> r == axes.length);
    boolean still = STILL.contains(node.op()) || IMAGE.contains(node.op());
    return still && sameRank ? Optional.of(axes) : Optional.empty();
  }
}
