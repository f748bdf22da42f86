package dev.picasso.format.onnx.integers;

import static dev.picasso.format.onnx.integers.Handler.input;
import static dev.picasso.format.onnx.integers.Handler.optional;
import static dev.picasso.format.onnx.integers.HandlerTable.inputs;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.Optional;
import java.util.stream.LongStream;

/** Convolutions and products of matrices. */
final class Products {
  private Products() {}

  static void addTo(HandlerTable table) {
    table.put("QLinearConv", Products::convolution, inputs(0, 3, 8));
    table.put("QLinearMatMul", Products::matMul, inputs(0, 3));
    table.put("ConvInteger", Products::convolutionOfIntegers, inputs(0, 1));
    table.put("MatMulInteger", Products::matMulOfIntegers, inputs(0, 1));
    table.putOwn("QGemm", Products::gemm, inputs(0, 3, 6));
    table.putOwn("MatMulIntegerToFloat", Products::matMulToFloat, inputs(0, 1, 6));
    table.putOwn("DynamicQuantizeMatMul", Products::matMulOfReal, inputs(0, 1, 4));
  }

  private static boolean convolution(RealGraph g, Numbers numbers, Node node) {
    Meaning kernels = of(numbers, node, 4, 5).along(0);
    Optional<Tensor> w = g.constant(input(node, 3));
    boolean last = node.attributes().flag("channels_last", false);
    if (w.isEmpty()) {
      return false;
    }
    int rank = w.get().shape().rank();
    String x = numbers.real(node, input(node, 0), of(numbers, node, 1, 2));
    x = last ? Layout.channelsFirst(g, node, x, rank) : x;
    String weights = numbers.real(node, input(node, 3), kernels);
    Attributes attributes = node.attributes().without("channels_last");
    String bias = optional(node, 8);
    String y =
        bias.isEmpty()
            ? g.emit(node, "Conv", attributes, x, weights)
            : g.emit(node, "Conv", attributes, x, weights, biases(g, numbers, node, bias, 1));
    y = last ? Layout.channelsLast(g, node, y, rank) : y;
    numbers.quantized(node, node.output(), y, of(numbers, node, 6, 7));
    return true;
  }

  /** Biases count in steps of both factors, whose scales are inputs 1 and 4. */
  private static String biases(
      RealGraph g, Numbers numbers, Node node, String bias, double factor) {
    Optional<Tensor> x = g.constant(input(node, 1)).filter(t -> t.size() == 1);
    Optional<Tensor> w = g.constant(input(node, 4));
    if (x.isPresent() && w.isPresent()) {
      float[] scales = w.get().floats();
      for (int i = 0; i < scales.length; i++) {
        scales[i] = (float) ((double) scales[i] * x.get().floats()[0] * factor);
      }
      long[] dims = scales.length == 1 ? new long[0] : new long[] {scales.length};
      String scale = g.constant(node, "scale", Tensor.of(scales, dims));
      return numbers.real(node, bias, Meaning.uniform(scale, "", DataType.INT32).along(0));
    }
    String product = g.emit(node, "Mul", input(node, 1), input(node, 4));
    String scaled =
        g.emit(node, "Mul", product, g.constant(node, "factor", Tensor.scalar((float) factor)));
    return g.emit(node, "Mul", g.asFloat(node, bias), scaled);
  }

  private static boolean matMul(RealGraph g, Numbers numbers, Node node) {
    Meaning left = of(numbers, node, 1, 2);
    if (!numbers.isUniform(left)) {
      return false;
    }
    String a = numbers.real(node, input(node, 0), left);
    String b = numbers.real(node, input(node, 3), columns(g, node, 3, of(numbers, node, 4, 5)));
    numbers.quantized(node, node.output(), g.emit(node, "MatMul", a, b), of(numbers, node, 6, 7));
    return true;
  }

  private static boolean convolutionOfIntegers(RealGraph g, Numbers numbers, Node node) {
    Meaning x = shifted(numbers, node, 2);
    if (!numbers.isUniform(x)) {
      return false;
    }
    String image = numbers.real(node, input(node, 0), x);
    String kernels = numbers.real(node, input(node, 1), shifted(numbers, node, 3).along(0));
    g.mean(node.output(), Meaning.plain(DataType.INT32));
    g.finish(node, "Conv", node.attributes(), image, kernels);
    return true;
  }

  private static boolean matMulOfIntegers(RealGraph g, Numbers numbers, Node node) {
    Meaning left = shifted(numbers, node, 2);
    if (!numbers.isUniform(left)) {
      return false;
    }
    String a = numbers.real(node, input(node, 0), left);
    String b = numbers.real(node, input(node, 1), columns(g, node, 1, shifted(numbers, node, 3)));
    g.mean(node.output(), Meaning.plain(DataType.INT32));
    g.finish(node, "MatMul", Attributes.none(), a, b);
    return true;
  }

  /** Inputs A, its scale and zero point, B likewise, C in steps of both, scale and zero point. */
  private static boolean gemm(RealGraph g, Numbers numbers, Node node) {
    boolean turned = node.attributes().flag("transB", false);
    float alpha = node.attributes().real("alpha", 1);
    Meaning left = of(numbers, node, 1, 2);
    if (!numbers.isUniform(left)) {
      return false;
    }
    String a = numbers.real(node, input(node, 0), left);
    String b = numbers.real(node, input(node, 3), of(numbers, node, 4, 5).along(turned ? 0 : 1));
    String c = optional(node, 6);
    String y =
        c.isEmpty()
            ? g.emit(node, "Gemm", node.attributes(), a, b)
            : g.emit(node, "Gemm", node.attributes(), a, b, biases(g, numbers, node, c, alpha));
    if (node.hasInput(7)) {
      numbers.quantized(node, node.output(), y, of(numbers, node, 7, 8));
    } else {
      g.add(Numbers.identity(node, node.output(), y));
    }
    return true;
  }

  /** Inputs A, B, their scales, their zero points, a bias of real numbers. */
  private static boolean matMulToFloat(RealGraph g, Numbers numbers, Node node) {
    Meaning left = of(numbers, node, 2, 4);
    if (!numbers.isUniform(left)) {
      return false;
    }
    String a = numbers.real(node, input(node, 0), left);
    String b = numbers.real(node, input(node, 1), columns(g, node, 1, of(numbers, node, 3, 5)));
    biased(g, node, g.emit(node, "MatMul", a, b), optional(node, 6));
    return true;
  }

  /** Inputs A of real numbers, B, its scale and zero point, a bias of real numbers. */
  private static boolean matMulOfReal(RealGraph g, Numbers numbers, Node node) {
    String b = numbers.real(node, input(node, 1), columns(g, node, 1, of(numbers, node, 2, 3)));
    biased(g, node, g.emit(node, "MatMul", input(node, 0), b), optional(node, 4));
    return true;
  }

  private static void biased(RealGraph g, Node node, String product, String bias) {
    if (bias.isEmpty()) {
      g.add(Numbers.identity(node, node.output(), product));
    } else {
      g.finish(node, "Add", Attributes.none(), product, bias);
    }
  }

  /** What the integers stand for whose scale and zero point are these inputs of a node. */
  static Meaning of(Numbers numbers, Node node, int scale, int zeroPoint) {
    String zero = optional(node, zeroPoint);
    return Meaning.uniform(input(node, scale), zero, numbers.type(zero, DataType.UINT8));
  }

  private static Meaning shifted(Numbers numbers, Node node, int zeroPoint) {
    String zero = optional(node, zeroPoint);
    return Meaning.shifted(zero, numbers.type(zero, DataType.UINT8));
  }

  /** With scales for the columns of a matrix, where there are several. */
  private static Meaning columns(RealGraph g, Node node, int matrix, Meaning meaning) {
    int rank = g.constant(input(node, matrix)).map(t -> t.shape().rank()).orElse(2);
    boolean stacked =
        LongStream.of(g.constant(meaning.scale()).map(t -> t.shape().dims()).orElse(new long[0]))
                .filter(d -> d != 1)
                .count()
            > 1;
    if (stacked) {
      throw new IllegalArgumentException(
          node.name() + " (" + node.op() + ") has scales for the columns of several matrices");
    }
    return meaning.along(rank - 1L);
  }
}
