package dev.picasso.graph.shape;

import dev.picasso.graph.Shape;
import java.util.List;
import java.util.Map;

/** Operators that work on each element, with broadcasting where they take several inputs. */
public final class ElementwiseShapes {
  private ElementwiseShapes() {}

  static void addTo(Map<String, ShapeInference.Rule> rules) {
    for (String op :
        List.of(
            "Abs",
            "Acos",
            "Acosh",
            "Asin",
            "Asinh",
            "Atan",
            "Atanh",
            "Cast",
            "CastLike",
            "MeanVarianceNormalization",
            "Bernoulli",
            "Ceil",
            "Celu",
            "Clip",
            "Cos",
            "Cosh",
            "CumSum",
            "Dropout",
            "Elu",
            "Erf",
            "Exp",
            "Floor",
            "Gelu",
            "HardSigmoid",
            "HardSwish",
            "Hardmax",
            "Identity",
            "IsInf",
            "IsNaN",
            "LRN",
            "LeakyRelu",
            "Log",
            "LogSoftmax",
            "LpNormalization",
            "Mish",
            "Neg",
            "Not",
            "RandomNormalLike",
            "RandomUniformLike",
            "Reciprocal",
            "Relu",
            "ReverseSequence",
            "Round",
            "Selu",
            "Shrink",
            "Sigmoid",
            "Sign",
            "Sin",
            "Sinh",
            "Softmax",
            "Softplus",
            "Softsign",
            "Sqrt",
            "StopGradient",
            "Tan",
            "Tanh",
            "ThresholdedRelu",
            "Trilu",
            "BatchNormalization",
            "InstanceNormalization",
            "GroupNormalization",
            "LayerNormalization",
            "ScatterElements",
            "ScatterND",
            "PRelu")) {
      rules.put(op, in -> List.of(in.shape(0)));
    }
    for (String op :
        List.of(
            "Add",
            "Sub",
            "Mul",
            "Div",
            "Pow",
            "Mod",
            "Max",
            "Min",
            "Mean",
            "Sum",
            "Equal",
            "Less",
            "Greater",
            "LessOrEqual",
            "GreaterOrEqual",
            "And",
            "Or",
            "Xor",
            "Where",
            "BitShift")) {
      rules.put(op, ElementwiseShapes::broadcastAll);
    }
  }

  private static List<Shape> broadcastAll(Operands in) {
    Shape shape = in.shape(0);
    for (int i = 1; i < in.inputs().size(); i++) {
      shape = broadcast(shape, in.shape(i));
    }
    return List.of(shape);
  }

  /**
   * NumPy's broadcasting: shapes aligned at their ends, lengths of one stretched.
   *
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    long[] dims = new long[rank];
    for (int i = 1; i <= rank; i++) {
      long x = i <= a.rank() ? a.dim(-i) : 1;
      long y = i <= b.rank() ? b.dim(-i) : 1;
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException("the shapes " + a + " and " + b + " do not broadcast");
      }
      dims[rank - i] = x == 1 ? y : x;
    }
    return Shape.of(dims);
  }
}
