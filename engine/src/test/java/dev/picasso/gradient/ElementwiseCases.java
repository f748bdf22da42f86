package dev.picasso.gradient;

import static dev.picasso.gradient.OpCase.op;

import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import java.util.stream.Stream;

/** Rows for operators that work on each element, softmax among them. */
final class ElementwiseCases {
  private ElementwiseCases() {}

  static Stream<OpCase> all() {
    return Stream.of(activations(), arithmetic(), functions()).flatMap(s -> s);
  }

  private static Stream<OpCase> activations() {
    return Stream.of(
        op("Relu").input(2, 3, 4),
        op("Relu").input(-1, 3, 4),
        op("Relu").input(-1, 16, 2, 3),
        op("Relu").input(2, 10, 2, 3),
        op("LeakyRelu").input(2, 3, 4),
        op("LeakyRelu").input(2, 3, 4).with("alpha", .3),
        op("PRelu").input(2, 3, 4, 2).input(3, 1, 1),
        op("PRelu").input(-1, 3, 4).input(4),
        op("PRelu").input(2, 3, 4).input(1),
        op("Elu").input(2, 3, 4),
        op("Elu").input(2, 3, 4).with("alpha", .7),
        op("Selu").input(2, 3, 4),
        op("Selu").input(2, 3, 4).with("alpha", 1.2).with("gamma", .9),
        op("Celu").input(2, 3, 4),
        op("Celu").input(2, 3, 4).with("alpha", .6),
        op("ThresholdedRelu").input(2, 3, 4),
        op("ThresholdedRelu").input(2, 3, 4).with("alpha", .4),
        op("Shrink").input(2, 3, 4).single(),
        op("Shrink").input(2, 3, 4).with("lambd", .7).with("bias", .2).single(),
        op("Clip").input(2, 3, 4).scalar(-.5).scalar(.9),
        op("Clip").input(2, 3, 4).scalar(.01),
        op("Clip").input(2, 3, 4).none().scalar(.7),
        op("Clip").input(-1, 32, 2, 1).scalar(-.5).scalar(.9),
        op("Clip").input(2, 3, 4),
        op("HardSigmoid").input(2, 3, 4).between(-5, 5),
        op("HardSigmoid").input(2, 3, 4).between(-5, 5).with("alpha", 1 / 6.).with("beta", .5),
        op("HardSwish").input(2, 3, 4).between(-5, 5),
        op("Sigmoid").input(2, 3, 4),
        op("Tanh").input(2, 3, 4),
        op("Softplus").input(2, 3, 4),
        op("Softsign").input(2, 3, 4),
        op("Mish").input(2, 3, 4).between(-4, 4),
        op("Gelu").input(2, 3, 4).between(-3, 3),
        op("Gelu").input(2, 3, 4).between(-3, 3).with("approximate", "tanh"),
        op("Erf").input(2, 3, 4),
        op("Softmax").input(2, 3, 4),
        op("Softmax").input(-1, 3, 4).with("axis", 1),
        op("Softmax").input(2, 3, 4, 2).with("axis", -2),
        op("LogSoftmax").input(2, 3, 4),
        op("LogSoftmax").input(-1, 3, 4).with("axis", 1),
        op("Hardmax").input(2, 3, 4).with("axis", 1));
  }

  private static Stream<OpCase> arithmetic() {
    return Stream.of(
        op("Identity").input(2, 3),
        op("Dropout").input(2, 3),
        op("Cast").input(2, 3).with("to", DataType.DOUBLE.onnxCode()),
        op("Cast").input(2, 3).with("to", DataType.FLOAT.onnxCode()).single(),
        op("CastLike").input(2, 3).given(Tensor.of(new float[1], 1)).single(),
        op("Add").input(2, 3, 4).input(2, 3, 4),
        op("Add").input(-1, 3, 4).input(3, 1),
        op("Add").input(1, 4).input(-1, 3, 1),
        op("Sub").input(2, 3, 4).input(3, 4),
        op("Sub").input(1).input(2, 3),
        op("Mul").input(2, 3, 4).input(2, 3, 4),
        op("Mul").input(-1, 3, 4, 4).input(-1, 3, 1, 1),
        op("Mul").input(-1, 16, 4, 4).input(-1, 16, 1, 1).single(),
        op("Mul").input(4).input(2, 1, 4),
        op("Div").input(2, 3).input(2, 3).between(.4, 2),
        op("Div").input(3, 1).input(2, 1, 4).between(-3, -.5),
        op("Pow").input(2, 3).between(.2, 2).input(2, 3),
        op("Pow").input(2, 3).between(.2, 2).input(1),
        op("Pow").input(2, 3).scalar(2),
        op("Pow").input(2, 3).scalar(3),
        op("Pow").input(2, 3).between(.2, 2).scalar(-.5),
        op("Pow").input(2, 3).longs(2, 0, 3),
        op("Sum").input(2, 3).input(1, 3).input(2, 1),
        op("Sum").input(2, 3),
        op("Mean").input(2, 3).input(3).input(2, 3),
        op("Max").input(2, 3, 4).input(2, 3, 4).between(-1.4, 1.6),
        op("Max").input(2, 3).scalar(.02).input(3).between(-1, 2),
        op("Min").input(2, 3, 4).input(3, 1).between(-1.4, 1.7),
        op("Min").input(2, 3),
        op("Mod").input(2, 3).between(1, 9).input(2, 3).between(.9, 1.6).with("fmod", 1),
        op("Mod").input(2, 3).between(-9, 9).input(3).between(.9, 1.6).with("fmod", 1),
        op("Where").given(truths(2, 3)).input(2, 3).input(1, 3),
        op("Where").given(truths(3)).input(2, 1, 1).input(3));
  }

  private static Stream<OpCase> functions() {
    return Stream.of(
        op("Neg").input(2, 3),
        op("Abs").input(2, 3, 4),
        op("Sqrt").input(2, 3).between(.2, 3),
        op("Exp").input(2, 3),
        op("Log").input(2, 3).between(.2, 3),
        op("Reciprocal").input(2, 3).between(.3, 3),
        op("Sin").input(2, 3),
        op("Cos").input(2, 3),
        op("Tan").input(2, 3).between(-1, 1),
        op("Sinh").input(2, 3),
        op("Cosh").input(2, 3),
        op("Atan").input(2, 3),
        op("Asin").input(2, 3).between(-.8, .8),
        op("Acos").input(2, 3).between(-.8, .8),
        op("Asinh").input(2, 3),
        op("Acosh").input(2, 3).between(1.3, 4),
        op("Atanh").input(2, 3).between(-.8, .8),
        op("Floor").input(2, 3).between(-3, 3),
        op("Ceil").input(2, 3).between(-3, 3),
        op("Round").input(2, 3).between(-3, 3),
        op("Sign").input(2, 3));
  }

  private static Tensor truths(long... dims) {
    int n = (int) dev.picasso.graph.Shape.of(dims).size();
    boolean[] values = new boolean[n];
    for (int i = 0; i < n; i++) {
      values[i] = i % 3 != 1;
    }
    return Tensor.of(values, dims);
  }
}
