package dev.picasso.format.onnx.integers;

import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Between which numbers a value lies for every image, as far as the operator that makes it tells.
 */
record Range(double low, double high) {
  static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private static final Range POSITIVE = new Range(0, Double.POSITIVE_INFINITY);
  private static final Range UNIT = new Range(0, 1);
  private static final Range AROUND_ZERO = new Range(-1, 1);

  private static final Map<String, Range> OF =
      Map.ofEntries(
          Map.entry("Relu", POSITIVE),
          Map.entry("ThresholdedRelu", POSITIVE),
          Map.entry("Abs", POSITIVE),
          Map.entry("Exp", POSITIVE),
          Map.entry("Sqrt", POSITIVE),
          Map.entry("Softplus", POSITIVE),
          Map.entry("ReduceL1", POSITIVE),
          Map.entry("ReduceL2", POSITIVE),
          Map.entry("Sigmoid", UNIT),
          Map.entry("HardSigmoid", UNIT),
          Map.entry("Softmax", UNIT),
          Map.entry("Hardmax", UNIT),
          Map.entry("Tanh", AROUND_ZERO),
          Map.entry("Softsign", AROUND_ZERO));

  /** Operators whose results lie where their first input does. */
  private static final Set<String> KEEPING =
      Set.of(
          "Identity",
          "Dropout",
          "MaxPool",
          "GlobalMaxPool",
          "GlobalAveragePool",
          "ReduceMean",
          "ReduceMax",
          "ReduceMin",
          "Reshape",
          "Flatten",
          "Transpose",
          "Squeeze",
          "Unsqueeze",
          "Slice",
          "Split",
          "Gather",
          "Expand",
          "Tile",
          "DepthToSpace",
          "SpaceToDepth");

  /** Of what a node makes, from what is known of its inputs. */
  static Range of(
      Node node, Function<String, Range> known, Function<String, Optional<Tensor>> constant) {
    List<Range> inputs = node.inputs().stream().map(known).toList();
    if (inputs.isEmpty()) {
      return ALL;
    }
    Range first = inputs.get(0);
    return switch (node.op()) {
      case "Clip" ->
          new Range(
              Math.max(first.low, bound(node, 1, constant).orElse(first.low)),
              Math.min(first.high, bound(node, 2, constant).orElse(first.high)));
      case "AveragePool" -> first.or(new Range(0, 0));
      case "Concat" -> inputs.stream().reduce(first, Range::or);
      case "Add" -> inputs.size() == 2 ? first.plus(inputs.get(1)) : ALL;
      default -> KEEPING.contains(node.op()) ? first : OF.getOrDefault(node.op(), ALL);
    };
  }

  private static Optional<Double> bound(
      Node node, int input, Function<String, Optional<Tensor>> constant) {
    return node.hasInput(input)
        ? constant
            .apply(node.inputs().get(input))
            .filter(t -> t.size() == 1)
            .map(t -> (double) t.floats()[0])
        : Optional.empty();
  }

  private Range or(Range other) {
    return new Range(Math.min(low, other.low), Math.max(high, other.high));
  }

  private Range plus(Range other) {
    return new Range(low + other.low, high + other.high);
  }
}
