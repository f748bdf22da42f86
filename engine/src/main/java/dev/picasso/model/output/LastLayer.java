package dev.picasso.model.output;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.Set;

/** Whether an output comes from a layer of weights, so that nothing keeps it between limits. */
public final class LastLayer {
  private static final Set<String> PASSING =
      Set.of(
          "Identity",
          "Cast",
          "Dropout",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Flatten",
          "Transpose",
          "Slice",
          "Gather",
          "Split",
          "Resize",
          "Pad",
          "Relu",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "BatchNormalization",
          "GlobalAveragePool",
          "AveragePool",
          "GlobalMaxPool",
          "MaxPool",
          "ReduceMean",
          "ReduceMax",
          "LogSoftmax");

  private static final Set<String> LAYERS = Set.of("Conv", "ConvTranspose", "MatMul", "Gemm");

  private static final int FAR = 60;

  private LastLayer() {}

  /**
   * Whether the last layer of weights, some of them negative, has nothing behind it that would keep
   * its sums from growing. What is not certain counts as no.
   */
  public static boolean isOpen(Lookup look, String output) {
    return isOpen(look, look.maker(output), FAR);
  }

  private static boolean isOpen(Lookup look, Optional<Node> from, int steps) {
    Optional<Node> node = from;
    for (int i = 0; i < steps && node.isPresent(); i++) {
      Node now = node.get();
      Optional<Interpolation> resized = Interpolation.of(look, now);
      if (LAYERS.contains(now.op()) && resized.isEmpty()) {
        return hasNegative(look, now);
      }
      if (now.op().equals("Concat")) {
        int left = (steps - i) / 2; // joined again and again, nothing is certain
        return now.inputs().stream().allMatch(v -> isOpen(look, look.maker(v), left));
      }
      node = resized.isPresent() ? look.maker(now, resized.get().input()) : next(look, now);
    }
    return false;
  }

  private static Optional<Node> next(Lookup look, Node node) {
    if (PASSING.contains(node.op())) {
      return look.maker(node, 0);
    }
    boolean sum = Set.of("Add", "Sub", "Mul", "Div").contains(node.op());
    if (sum && node.hasInput(1) && look.isFixed(node.inputs().get(1))) {
      return look.maker(node, 0);
    }
    return sum && look.isFixed(node.inputs().get(0)) && !node.op().equals("Div")
        ? look.maker(node, 1)
        : Optional.empty();
  }

  private static boolean hasNegative(Lookup look, Node layer) {
    Optional<Tensor> weights = look.constant(layer, 1).filter(t -> t.type() == DataType.FLOAT);
    if (weights.isEmpty()) {
      return false;
    }
    FloatBuffer numbers = weights.get().floatBuffer();
    while (numbers.hasRemaining()) {
      if (numbers.get() < 0) {
        return true;
      }
    }
    return false;
  }
}
