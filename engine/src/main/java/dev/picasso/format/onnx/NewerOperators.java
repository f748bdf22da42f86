package dev.picasso.format.onnx;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/** What came after opset 21, in its words. */
final class NewerOperators {
  private NewerOperators() {}

  static void addTo(OpsetUpgrade table) {
    table.always("Swish", NewerOperators::swish);
    table.always("RMSNormalization", NewerOperators::rootMeanSquare);
    // How a cast to 8-bit floating-point numbers rounds; Picasso reads none.
    table.always("Cast", (node, g) -> without(node, "round_mode"));
    table.always("CastLike", (node, g) -> without(node, "round_mode"));
    // In which type of real numbers is computed; Picasso computes with 32 bits.
    table.always("QuantizeLinear", (node, g) -> without(node, "precision"));
    table.always("DequantizeLinear", (node, g) -> without(node, "output_dtype"));
  }

  /** y = x · sigmoid(αx); opset 24. */
  private static Node swish(Node node, GraphDraft g) {
    String x = node.inputs().get(0);
    Tensor alpha = Tensor.scalar(node.attributes().real("alpha", 1)).as(g.typeOf(x));
    String scaled = g.emit(node, "Mul", Attributes.none(), x, g.constant(node, "alpha", alpha));
    String gate = g.emit(node, "Sigmoid", Attributes.none(), scaled);
    return new Node(node.name(), "Mul", List.of(x, gate), node.outputs(), Attributes.none());
  }

  /** y = scale · x / √(mean x² + ε) over the last axes, in 32 bits unless told; opset 23. */
  private static Node rootMeanSquare(Node node, GraphDraft g) {
    long axis = node.attributes().integer("axis", -1);
    if (axis >= 0) {
      throw new ModelException("counts its axis from the front (axis=" + axis + ")");
    }
    if (node.attributes().integer("stash_type", 1) != DataType.FLOAT.onnxCode()) {
      throw new ModelException("computes in another type than FLOAT (stash_type)");
    }
    String x = node.inputs().get(0);
    DataType type = g.typeOf(x);
    Attributes toFloat = Attributes.of("to", DataType.FLOAT.onnxCode());
    String wide = g.emit(node, "Cast", toFloat, x);
    String square = g.emit(node, "Mul", Attributes.none(), wide, wide);
    String axes = g.constant(node, "axes", Tensor.longs(LongStream.range(axis, 0).toArray()));
    String mean = g.emit(node, "ReduceMean", Attributes.none(), square, axes);
    String epsilon =
        g.constant(node, "epsilon", Tensor.scalar(node.attributes().real("epsilon", 1e-5)));
    String sum = g.emit(node, "Add", Attributes.none(), mean, epsilon);
    String root = g.emit(node, "Sqrt", Attributes.none(), sum);
    String even = g.emit(node, "Div", Attributes.none(), wide, root);
    String narrow = g.emit(node, "Cast", Attributes.of("to", type.onnxCode()), even);
    return new Node(
        node.name(),
        "Mul",
        List.of(narrow, node.inputs().get(1)),
        node.outputs(),
        Attributes.none());
  }

  private static Node without(Node node, String attribute) {
    return node.attributes().has(attribute)
        ? Rewrite.attributes(node, node.attributes().without(attribute))
        : node;
  }
}
