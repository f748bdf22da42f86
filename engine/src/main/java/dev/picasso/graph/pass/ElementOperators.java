package dev.picasso.graph.pass;

import java.util.Set;

/** The operators that make each element from those at its place. */
public final class ElementOperators {
  private static final Set<String> NAMES =
      Set.of(
          ("Abs Acos Acosh Add And Asin Asinh Atan Atanh Cast Ceil Celu Clip Cos Cosh Div Dropout"
                  + " Elu Equal Erf Exp Expand Floor Gelu Greater GreaterOrEqual HardSigmoid HardSwish"
                  + " Identity IsInf IsNaN LeakyRelu Less LessOrEqual Log Max Mean Min Mish Mod Mul"
                  + " Neg Not Or PRelu Pow Reciprocal Relu Round Selu Shrink Sigmoid Sign Sin Sinh"
                  + " Softplus Softsign Sqrt StopGradient Sub Sum Tan Tanh ThresholdedRelu Where Xor")
              .split(" "));

  private ElementOperators() {}

  /** Whether an operator is one; operands broadcast as in NumPy. */
  public static boolean contain(String op) {
    return NAMES.contains(op);
  }
}
