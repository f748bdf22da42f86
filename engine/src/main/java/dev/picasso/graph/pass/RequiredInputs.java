package dev.picasso.graph.pass;

import dev.picasso.graph.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How many inputs each operator must have, by ONNX's schemas of {@code Graph.OPSET}. */
final class RequiredInputs {
  /** Operators of any number of inputs, all of which must be there. */
  private static final Set<String> VARIADIC =
      Set.of("Concat", "Einsum", "Max", "Mean", "Min", "SequenceConstruct", "Sum");

  private static final Set<String> SOURCES =
      Set.of(
          "Constant", "If", "Loop", "Optional", "RandomNormal", "RandomUniform", "SequenceEmpty");

  private static final Map<String, Integer> COUNTS = new HashMap<>();

  static {
    all(
        2,
        "Add And BitShift BitwiseAnd BitwiseOr BitwiseXor Div Equal Greater GreaterOrEqual Less"
            + " LessOrEqual MatMul Mod Mul Or PRelu Pow Sub Xor AffineGrid CastLike CenterCropPad"
            + " Compress Conv ConvInteger ConvTranspose CumSum DequantizeLinear Expand Gather"
            + " GatherElements GatherND Gemm GridSample LayerNormalization MatMulInteger MaxRoiPool"
            + " MaxUnpool NegativeLogLikelihoodLoss NonMaxSuppression Pad QuantizeLinear Reshape"
            + " ReverseSequence STFT SequenceAt SequenceErase SequenceInsert"
            + " SoftmaxCrossEntropyLoss Tile TopK Unsqueeze");
    all(
        3,
        "Col2Im DeformConv GRU GroupNormalization InstanceNormalization LSTM OneHot RNN Range"
            + " RoiAlign ScatterElements ScatterND Slice Where");
    all(5, "BatchNormalization MelWeightMatrix");
    all(8, "QLinearConv QLinearMatMul");
  }

  private RequiredInputs() {}

  private static void all(int count, String operators) {
    Arrays.stream(operators.split(" ")).forEach(o -> COUNTS.put(o, count));
  }

  /** What a node of ONNX's own operators lacks; empty if it has all. */
  static Optional<String> missing(Node node) {
    int required =
        VARIADIC.contains(node.op())
            ? Math.max(1, node.inputs().size())
            : COUNTS.getOrDefault(node.op(), SOURCES.contains(node.op()) ? 0 : 1);
    for (int i = 0; i < required; i++) {
      if (!node.hasInput(i)) {
        return Optional.of("it lacks input " + (i + 1) + " of the " + required + " it needs");
      }
    }
    return Optional.empty();
  }
}
