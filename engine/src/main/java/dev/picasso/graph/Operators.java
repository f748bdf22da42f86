package dev.picasso.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** ONNX operators as methods, one line each. Shapes are NumPy's; images are NCHW. */
abstract class Operators {
  public abstract List<Value> emit(
      String op, Attributes attributes, int outputs, List<Optional<Value>> inputs);

  public abstract Value constant(Tensor tensor);

  /** Any operator with one output, all its inputs given. */
  public Value op(String op, Attributes attributes, Value... inputs) {
    return emit(op, attributes, 1, Stream.of(inputs).map(Optional::of).toList()).get(0);
  }

  public Value op(String op, Value... inputs) {
    return op(op, Attributes.none(), inputs);
  }

  /** A constant of one element and rank 0, of a value's type. */
  public Value scalarLike(Value like, double value) {
    return constant(Tensor.scalar((float) value).as(like.type()));
  }

  public Value longs(long... values) {
    return constant(Tensor.longs(values));
  }

  public Value identity(Value x) {
    return op("Identity", x);
  }

  public Value add(Value a, Value b) {
    return op("Add", a, b);
  }

  public Value add(Value a, double b) {
    return add(a, scalarLike(a, b));
  }

  public Value sub(Value a, Value b) {
    return op("Sub", a, b);
  }

  public Value mul(Value a, Value b) {
    return op("Mul", a, b);
  }

  public Value mul(Value a, double b) {
    return mul(a, scalarLike(a, b));
  }

  public Value div(Value a, Value b) {
    return op("Div", a, b);
  }

  public Value div(Value a, double b) {
    return div(a, scalarLike(a, b));
  }

  public Value pow(Value a, double exponent) {
    return op("Pow", a, scalarLike(a, exponent));
  }

  public Value neg(Value x) {
    return op("Neg", x);
  }

  public Value abs(Value x) {
    return op("Abs", x);
  }

  public Value sign(Value x) {
    return op("Sign", x);
  }

  public Value square(Value x) {
    return mul(x, x);
  }

  public Value sqrt(Value x) {
    return op("Sqrt", x);
  }

  public Value exp(Value x) {
    return op("Exp", x);
  }

  public Value log(Value x) {
    return op("Log", x);
  }

  public Value reciprocal(Value x) {
    return op("Reciprocal", x);
  }

  /** 1 − x. */
  public Value oneMinus(Value x) {
    return sub(scalarLike(x, 1), x);
  }

  public Value relu(Value x) {
    return op("Relu", x);
  }

  public Value sigmoid(Value x) {
    return op("Sigmoid", x);
  }

  public Value tanh(Value x) {
    return op("Tanh", x);
  }

  public Value softmax(Value x, int axis) {
    return op("Softmax", Attributes.of("axis", axis), x);
  }

  public Value max(Value a, Value b) {
    return op("Max", a, b);
  }

  public Value min(Value a, Value b) {
    return op("Min", a, b);
  }

  public Value clip(Value x, double low, double high) {
    return op("Clip", x, scalarLike(x, low), scalarLike(x, high));
  }

  public Value equal(Value a, Value b) {
    return op("Equal", a, b);
  }

  public Value less(Value a, Value b) {
    return op("Less", a, b);
  }

  public Value greater(Value a, Value b) {
    return op("Greater", a, b);
  }

  /** a where the condition holds, else b. */
  public Value where(Value condition, Value a, Value b) {
    return op("Where", condition, a, b);
  }

  public Value cast(Value x, DataType type) {
    return x.type() == type ? x : op("Cast", Attributes.of("to", type.onnxCode()), x);
  }

  /** A copy where the target is the shape that x already has would be waste: x itself then. */
  public Value reshape(Value x, long... dims) {
    return reshape(x, Shape.of(dims));
  }

  /** To a shape in which at most one axis depends on the batch. */
  public Value reshape(Value x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    if (shape.batchAxes() > 1) {
      throw new IllegalArgumentException(shape + " has several axes that depend on the batch");
    }
    long[] target = LongStream.of(shape.dims()).map(d -> d < 0 ? -1 : d).toArray();
    boolean empty = LongStream.of(target).anyMatch(d -> d == 0);
    return op(
        "Reshape", empty ? Attributes.of("allowzero", 1) : Attributes.none(), x, longs(target));
  }

  public Value transpose(Value x, int... permutation) {
    boolean still = true;
    for (int i = 0; i < permutation.length; i++) {
      still &= permutation[i] == i;
    }
    return still ? x : op("Transpose", Attributes.of("perm", permutation), x);
  }

  public Value unsqueeze(Value x, long... axes) {
    return axes.length == 0 ? x : op("Unsqueeze", x, longs(axes));
  }

  public Value squeeze(Value x, long... axes) {
    return axes.length == 0 ? x : op("Squeeze", x, longs(axes));
  }

  public Value concat(int axis, List<Value> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : op("Concat", Attributes.of("axis", axis), parts.toArray(Value[]::new));
  }

  public Value slice(Value x, int axis, long start, long end) {
    return slice(x, axis, start, end, 1);
  }

  public Value slice(Value x, int axis, long start, long end, long step) {
    return op("Slice", x, longs(start), longs(end), longs(axis), longs(step));
  }

  /**
   * Zeros around: first the amounts before each axis, then those after. Negative amounts crop. The
   * zeros are -0, because ONNX Runtime, left to itself, merges a Pad of +0 into a MaxPool that
   * follows, where it would count as -∞ (seen in 1.26 to 1.30).
   */
  public Value pad(Value x, long... pads) {
    return LongStream.of(pads).allMatch(p -> p == 0)
        ? x
        : op("Pad", x, longs(pads), scalarLike(x, -0.0));
  }

  public Value gather(Value x, Value indices, int axis) {
    return op("Gather", Attributes.of("axis", axis), x, indices);
  }

  public Value expand(Value x, long... dims) {
    return op("Expand", x, longs(dims));
  }

  public Value tile(Value x, long... repeats) {
    return LongStream.of(repeats).allMatch(r -> r == 1) ? x : op("Tile", x, longs(repeats));
  }

  /** A reduction such as "ReduceSum" over axes, or over all of them where none are named. */
  public Value reduce(String op, Value x, boolean keepDims, long... axes) {
    Attributes attributes = Attributes.of("keepdims", keepDims);
    return axes.length == 0 ? op(op, attributes, x) : op(op, attributes, x, longs(axes));
  }

  public Value sum(Value x, boolean keepDims, long... axes) {
    return reduce("ReduceSum", x, keepDims, axes);
  }

  public Value mean(Value x, boolean keepDims, long... axes) {
    return reduce("ReduceMean", x, keepDims, axes);
  }

  public Value matMul(Value a, Value b) {
    return op("MatMul", a, b);
  }

  public Value conv(Value x, Value w, Optional<Value> bias, Attributes attributes) {
    return emit(
            "Conv",
            attributes,
            1,
            bias.isPresent()
                ? List.of(Optional.of(x), Optional.of(w), bias)
                : List.of(Optional.of(x), Optional.of(w)))
        .get(0);
  }

  /** Nearest-neighbour repetition of the spatial axes of N×C×…, each element factor times. */
  public Value repeatPixels(Value x, long... factors) {
    float[] scales = new float[x.rank()];
    Arrays.fill(scales, 1);
    for (int i = 0; i < factors.length; i++) {
      scales[i + 2] = factors[i];
    }
    return emit(
            "Resize",
            Attributes.of("mode", "nearest")
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "floor"),
            1,
            List.of(
                Optional.of(x),
                Optional.empty(),
                Optional.of(constant(Tensor.of(scales, scales.length)))))
        .get(0);
  }
}
