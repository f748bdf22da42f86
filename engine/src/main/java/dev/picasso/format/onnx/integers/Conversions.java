package dev.picasso.format.onnx.integers;

import static dev.picasso.format.onnx.integers.Handler.input;
import static dev.picasso.format.onnx.integers.Handler.optional;
import static dev.picasso.format.onnx.integers.HandlerTable.inputs;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.List;

/** Quantization, its undoing, and casts. */
final class Conversions {
  private Conversions() {}

  static void addTo(HandlerTable table) {
    table.put("QuantizeLinear", Conversions::quantize, inputs(0));
    table.put("DequantizeLinear", Conversions::dequantize, inputs(0));
    table.put("DynamicQuantizeLinear", Conversions::dynamic, inputs(0));
  }

  private static boolean quantize(RealGraph g, Numbers numbers, Node node) {
    String x = input(node, 0);
    String real = g.meaning(x).isPresent() || isPixels(g, x) ? numbers.integers(node, x) : x;
    String zeroPoint = optional(node, 2);
    DataType told =
        DataType.ofOnnxCode((int) node.attributes().integer("output_dtype", 0))
            .orElse(DataType.UINT8);
    DataType type = numbers.type(zeroPoint, told);
    Meaning meaning = new Meaning(input(node, 1), zeroPoint, layout(node), type);
    numbers.quantized(node, node.output(), real, meaning);
    return true;
  }

  private static boolean isPixels(RealGraph g, String x) {
    return g.input(x).filter(i -> !i.type().isFloating()).isPresent();
  }

  private static boolean dequantize(RealGraph g, Numbers numbers, Node node) {
    String zeroPoint = optional(node, 2);
    DataType type = numbers.type(zeroPoint, DataType.UINT8);
    Meaning meaning = new Meaning(input(node, 1), zeroPoint, layout(node), type);
    g.add(Numbers.identity(node, node.output(), numbers.real(node, input(node, 0), meaning)));
    return true;
  }

  /** Where several scales lie; by default along axis 1. */
  private static Attributes layout(Node node) {
    Attributes layout = Attributes.of("axis", node.attributes().integer("axis", 1));
    long block = node.attributes().integer("block_size", 0);
    return block == 0 ? layout : layout.with("block_size", block);
  }

  /**
   * The range follows the numbers, so that it bounds none of them; and without rounding it does not
   * matter which it is, so that the integers can be the real numbers themselves.
   */
  private static boolean dynamic(RealGraph g, Numbers numbers, Node node) {
    String scale = g.constant(node, "scale", Tensor.scalar(1f));
    Tensor zero = Tensor.scalar(0L).as(DataType.UINT8);
    String zeroPoint = g.constant(node, "zero point", zero);
    List<String> outputs = node.outputs();
    if (node.hasOutput(1)) {
      g.define(outputs.get(1), Tensor.scalar(1f));
      scale = outputs.get(1);
    }
    if (node.hasOutput(2)) {
      g.define(outputs.get(2), zero);
      zeroPoint = outputs.get(2);
    }
    g.mean(outputs.get(0), Meaning.uniform(scale, zeroPoint, DataType.UINT8));
    g.add(Numbers.identity(node, outputs.get(0), input(node, 0)));
    return true;
  }
}
