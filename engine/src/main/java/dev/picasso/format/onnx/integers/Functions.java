package dev.picasso.format.onnx.integers;

import static dev.picasso.format.onnx.integers.Handler.input;
import static dev.picasso.format.onnx.integers.Handler.optional;
import static dev.picasso.format.onnx.integers.HandlerTable.inputs;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/** ONNX Runtime's operators on quantized numbers: the function of real numbers, then its range. */
final class Functions {
  private Functions() {}

  static void addTo(HandlerTable table) {
    table.putOwn("QLinearAdd", (g, numbers, node) -> binary(g, numbers, node, "Add"), inputs(0, 3));
    table.putOwn("QLinearMul", (g, numbers, node) -> binary(g, numbers, node, "Mul"), inputs(0, 3));
    table.putOwn(
        "QLinearSigmoid",
        (g, numbers, node) -> unary(g, numbers, node, "Sigmoid", Attributes.none()),
        inputs(0));
    table.putOwn(
        "QLinearLeakyRelu",
        (g, numbers, node) -> unary(g, numbers, node, "LeakyRelu", node.attributes()),
        inputs(0));
    table.putOwn("QLinearSoftmax", Functions::softmax, inputs(0));
    table.putOwn("QLinearGlobalAveragePool", Functions::globalAveragePool, inputs(0));
    table.putOwn("QLinearAveragePool", Functions::averagePool, inputs(0));
    table.putOwn("QLinearConcat", Functions::concat, i -> i > 1 && i % 3 == 2);
    table.putOwn("QLinearWhere", Functions::where, inputs(1, 4));
  }

  private static boolean unary(
      RealGraph g, Numbers numbers, Node node, String op, Attributes attributes) {
    String x = numbers.real(node, input(node, 0), Products.of(numbers, node, 1, 2));
    return quantized(numbers, node, g.emit(node, op, attributes, x), 3);
  }

  private static boolean binary(RealGraph g, Numbers numbers, Node node, String op) {
    String a = numbers.real(node, input(node, 0), Products.of(numbers, node, 1, 2));
    String b = numbers.real(node, input(node, 3), Products.of(numbers, node, 4, 5));
    return quantized(numbers, node, g.emit(node, op, a, b), 6);
  }

  /** Puts a result within the range whose scale is that input and whose zero point the next. */
  private static boolean quantized(Numbers numbers, Node node, String y, int scale) {
    numbers.quantized(node, node.output(), y, Products.of(numbers, node, scale, scale + 1));
    return true;
  }

  /** Below opset 13, which an attribute tells, all axes from one on are taken together as one. */
  private static boolean softmax(RealGraph g, Numbers numbers, Node node) {
    String x = numbers.real(node, input(node, 0), Products.of(numbers, node, 1, 2));
    long axis = node.attributes().integer("axis", -1);
    if (node.attributes().integer("opset", 13) >= 13 || axis == -1) {
      return quantized(numbers, node, g.emit(node, "Softmax", Attributes.of("axis", axis), x), 3);
    }
    String shape = g.emit(node, "Shape", x);
    String flat = g.emit(node, "Flatten", Attributes.of("axis", axis), x);
    String rows = g.emit(node, "Softmax", Attributes.of("axis", -1), flat);
    return quantized(numbers, node, g.emit(node, "Reshape", rows, shape), 3);
  }

  /** Of images, which have four axes. */
  private static boolean globalAveragePool(RealGraph g, Numbers numbers, Node node) {
    String x = numbers.real(node, input(node, 0), Products.of(numbers, node, 1, 2));
    if (!node.attributes().flag("channels_last", false)) {
      return quantized(numbers, node, g.emit(node, "GlobalAveragePool", x), 3);
    }
    String axes = g.constant(node, "axes", Tensor.longs(1, 2));
    return quantized(numbers, node, g.emit(node, "ReduceMean", x, axes), 3);
  }

  private static boolean averagePool(RealGraph g, Numbers numbers, Node node) {
    String x = numbers.real(node, input(node, 0), Products.of(numbers, node, 1, 2));
    boolean last = node.attributes().flag("channels_last", false);
    int rank = node.attributes().integers("kernel_shape").map(k -> k.length).orElse(2) + 2;
    x = last ? Layout.channelsFirst(g, node, x, rank) : x;
    String y = g.emit(node, "AveragePool", node.attributes().without("channels_last"), x);
    return quantized(numbers, node, last ? Layout.channelsLast(g, node, y, rank) : y, 3);
  }

  /** First the scale and zero point of the result, then three inputs for each part. */
  private static boolean concat(RealGraph g, Numbers numbers, Node node) {
    List<String> parts = new ArrayList<>();
    for (int i = 2; i < node.inputs().size(); i += 3) {
      parts.add(numbers.real(node, input(node, i), Products.of(numbers, node, i + 1, i + 2)));
    }
    String y = g.emit(node, "Concat", node.attributes(), parts.toArray(String[]::new));
    return quantized(numbers, node, y, 0);
  }

  private static boolean where(RealGraph g, Numbers numbers, Node node) {
    String a = numbers.real(node, input(node, 1), Products.of(numbers, node, 2, 3));
    String b = numbers.real(node, input(node, 4), Products.of(numbers, node, 5, 6));
    String condition = optional(node, 0);
    return quantized(numbers, node, g.emit(node, "Where", condition, a, b), 7);
  }
}
