package dev.picasso.model.config;

import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which numbers a model takes for pixels, as far as its own first steps tell. */
enum PixelRange {
  /** Nothing tells. */
  UNKNOWN,
  /** 0 to 255, which the model scales itself. */
  BYTES,
  /** −128 to 127. */
  SIGNED_BYTES;

  /** Layers that scale pixels themselves; a model that begins with one takes 0 to 255. */
  private static final Set<String> SCALING =
      Set.of(
          "Rescaling",
          "Normalization",
          "ops.Divide",
          "ops.TrueDivide",
          "tf.math.divide",
          "tf.math.truediv",
          "raw.RealDiv",
          "RealDiv",
          "INPUT (uint8)");

  /** Inputs that take the integers −128 to 127 for the samples 0 to 255. */
  private static final String SIGNED = "INPUT (int8)";

  /** Operators that may stand before the scaling; sizes are changed by products with matrices. */
  private static final Set<String> BEFORE =
      Set.of("Cast", "Transpose", "Identity", "Sub", "Add", "Slice", "Resize", "MatMul");

  private static final int FIRST_STEPS = 8;

  /** The least by which pixels are divided, where that makes bytes small numbers. */
  private static final double LEAST = 50;

  static PixelRange of(ImportedModel model, String input) {
    PixelRange told = of(model.layers());
    return told == UNKNOWN && scales(model.graph(), input) ? BYTES : told;
  }

  /** What the names of the first layers tell. */
  static PixelRange of(List<LayerInfo> layers) {
    if (layers.stream().limit(1).anyMatch(l -> SIGNED.equals(l.kind()))) {
      return SIGNED_BYTES;
    }
    return layers.stream().limit(4).anyMatch(l -> SCALING.contains(l.kind())) ? BYTES : UNKNOWN;
  }

  /** Whether the input is multiplied with a small constant, or divided by a large one, at once. */
  private static boolean scales(Graph graph, String input) {
    Map<String, List<Node>> readers = graph.consumers();
    String at = input;
    for (int i = 0; i < FIRST_STEPS; i++) {
      List<Node> next = readers.getOrDefault(at, List.of());
      if (next.size() != 1) {
        return false;
      }
      Node node = next.get(0);
      if (node.op().equals("Mul") || node.op().equals("Div")) {
        return shrinks(graph, node, at);
      }
      boolean image = graph.find(node.output()).filter(v -> v.rank() == 4).isPresent();
      if (!BEFORE.contains(node.op()) || !image) {
        return false;
      }
      at = node.output();
    }
    return false;
  }

  private static boolean shrinks(Graph graph, Node node, String input) {
    boolean divides = node.op().equals("Div");
    Optional<Tensor> factor =
        node.inputs().stream()
            .filter(n -> !n.equals(input))
            .findFirst()
            .flatMap(graph::constant)
            .filter(t -> t.size() > 0 && t.size() <= 4);
    if (factor.isEmpty() || (divides && !node.inputs().get(0).equals(input))) {
      return false;
    }
    for (float f : factor.get().floats()) {
      double by = Math.abs(divides ? f : 1 / f);
      if (!(by >= LEAST && by <= 255 * LEAST)) {
        return false;
      }
    }
    return true;
  }
}
