package dev.picasso.gradient;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import java.util.Set;

/** Kinds of operators that relevance treats alike. */
final class Operations {
  /** They put elements elsewhere, repeat them or leave some out, and change none. */
  static final Set<String> MOVES =
      Set.of(
          "Identity",
          "Dropout",
          "Cast",
          "CastLike",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Expand",
          "Concat",
          "Split",
          "Slice",
          "Pad",
          "Tile",
          "DepthToSpace",
          "SpaceToDepth",
          "ReverseSequence",
          "Trilu",
          "Gather",
          "GatherElements",
          "GatherND");

  /** They hand on one of several elements. */
  static final Set<String> CHOICES =
      Set.of(
          "Max",
          "Min",
          "Where",
          "MaxPool",
          "MaxUnpool",
          "GlobalMaxPool",
          "ReduceMax",
          "ReduceMin",
          "TopK");

  /** Functions of one element each that are zero at zero. */
  static final Set<String> THROUGH_ZERO =
      Set.of(
          "Relu",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Selu",
          "Celu",
          "ThresholdedRelu",
          "Shrink",
          "HardSwish",
          "Tanh",
          "Softsign",
          "Mish",
          "Gelu",
          "Erf",
          "Neg",
          "Abs",
          "Sqrt",
          "Sin",
          "Tan",
          "Sinh",
          "Atan",
          "Asin",
          "Asinh",
          "Atanh");

  /** Other functions of one element each; what bounds or exponents they have are no factors. */
  static final Set<String> OTHER_FUNCTIONS =
      Set.of(
          "Clip",
          "HardSigmoid",
          "Sigmoid",
          "Softplus",
          "Exp",
          "Log",
          "Reciprocal",
          "Cos",
          "Cosh",
          "Acos",
          "Acosh",
          "Pow",
          "Mod");

  /** An element less what its neighbours have in common, over a measure of how they differ. */
  static final Set<String> NORMALIZATIONS =
      Set.of(
          "LayerNormalization",
          "InstanceNormalization",
          "GroupNormalization",
          "MeanVarianceNormalization",
          "LRN",
          "LpNormalization");

  /** Sums of their inputs with weights, and norms, which are such sums along their gradient. */
  static final Set<String> SUMS =
      Set.of(
          "Add",
          "Sum",
          "Mean",
          "AveragePool",
          "GlobalAveragePool",
          "ReduceSum",
          "ReduceMean",
          "CumSum",
          "BatchNormalization",
          "ReduceL1",
          "ReduceL2",
          "LpPool",
          "GlobalLpPool");

  /** Matrix products and convolutions, which are products of two or more inputs. */
  static final Set<String> CONTRACTIONS =
      Set.of("Conv", "ConvTranspose", "Gemm", "MatMul", "Einsum");

  private Operations() {}

  /** Whether an input of a node is a constant that is nowhere below zero. */
  static boolean isNotNegative(Graph graph, Node node, int input) {
    return node.hasInput(input)
        && graph
            .constant(node.inputs().get(input))
            .map(t -> t.type().isFloating() && least(t.floats()) >= 0)
            .orElse(false);
  }

  /** Whether a node is a ReLU or, like ReLU6, a clip from zero. */
  static boolean isRectifier(Graph graph, Node node) {
    return node.op().equals("Relu")
        || (node.op().equals("Clip")
            && node.hasInput(1)
            && graph.constant(node.inputs().get(1)).map(low -> low.floats()[0] == 0).orElse(false));
  }

  private static float least(float[] values) {
    float least = Float.POSITIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
    }
    return least;
  }
}
