package dev.picasso.format.onnx;

import dev.picasso.format.onnx.integers.RealNumbers;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * How many weights each operation of a file has: the numbers of its constants, quantized ones too,
 * also where the file computes something of them first. What several operations read counts for the
 * first of them.
 */
final class Weights {
  /** Operators whose other constants are settings. */
  private static final Set<String> WITH_SETTINGS =
      Set.of("Clip", "Dropout", "Pad", "Resize", "ThresholdedRelu", "Upsample");

  private final Map<String, Tensor> constants;
  private final Map<String, Node> producers = new HashMap<>();
  private final Set<String> reached = new HashSet<>();
  private final Set<String> fixed = new HashSet<>();

  /**
   * Of these operations.
   *
   * @param operations in the order of the file
   * @param constants the file's
   */
  Weights(List<Node> operations, Map<String, Tensor> constants) {
    this.constants = constants;
    fixed.addAll(constants.keySet());
    fixed.add("");
    for (Node node : operations) {
      node.outputs().forEach(o -> producers.put(o, node));
      if (!node.inputs().isEmpty() && fixed.containsAll(node.inputs())) {
        fixed.addAll(node.outputs());
      }
    }
  }

  /** How many numbers it reads that no operation before it was asked about. */
  long take(Node node) {
    long count = 0;
    Deque<Reading> open = new ArrayDeque<>();
    push(node, false, open);
    while (!open.isEmpty()) {
      Reading reading = open.pop();
      Tensor constant = constants.get(reading.value());
      Node producer = producers.get(reading.value());
      if (!fixed.contains(reading.value()) || reading.value().isEmpty()) {
        continue;
      }
      if (constant != null && (constant.type().isFloating() || reading.packed())) {
        count += reached.add(reading.value()) ? constant.size() : 0;
      } else if (constant == null && producer != null && reached.add(reading.value())) {
        push(producer, reading.packed(), open);
      }
    }
    return count;
  }

  private record Reading(String value, boolean packed) {}

  /** Of a quantized operator the scales and zero points are no weights, but its integers are. */
  private static void push(Node node, boolean packed, Deque<Reading> open) {
    Optional<IntPredicate> quantized = RealNumbers.numbers(node);
    IntPredicate counts =
        quantized.orElse(WITH_SETTINGS.contains(node.op()) ? i -> i == 0 : i -> true);
    for (int i = 0; i < node.inputs().size(); i++) {
      if (counts.test(i)) {
        open.push(new Reading(node.inputs().get(i), packed || quantized.isPresent()));
      }
    }
  }
}
