package dev.picasso.format.onnx;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.List;

/** Operators that move, cut, pad and make data. */
final class LayoutUpgrades {
  private LayoutUpgrades() {}

  static void addTo(OpsetUpgrade table) {
    table.below(10, "Slice", LayoutUpgrades::slice);
    table.below(11, "Pad", LayoutUpgrades::pad);
    table.below(13, "Split", (node, g) -> Rewrite.integersToInput(node, g, "split", 1));
    table.below(18, "Split", LayoutUpgrades::splitEvenly);
    table.always("Scatter", (node, g) -> Rewrite.op(node, "ScatterElements"));
    table.always("ConstantFill", LayoutUpgrades::fill);
  }

  private static Node slice(Node node, GraphDraft g) {
    Node now = Rewrite.integersToInput(node, g, "starts", 1);
    now = Rewrite.integersToInput(now, g, "ends", 2);
    return Rewrite.integersToInput(now, g, "axes", 3);
  }

  private static Node pad(Node node, GraphDraft g) {
    Node now = Rewrite.integersToInput(node, g, "pads", 1);
    float value = node.attributes().real("value", 0);
    if (value != 0) {
      Tensor fill = Tensor.scalar(value).as(g.typeOf(node.inputs().get(0)));
      now = Rewrite.input(now, 2, g.constant(node, "value", fill));
    }
    return Rewrite.attributes(now, now.attributes().without("value"));
  }

  private static Node splitEvenly(Node node, GraphDraft g) {
    return node.hasInput(1)
        ? node
        : Rewrite.attributes(node, node.attributes().with("num_outputs", node.outputs().size()));
  }

  /** An experimental operator that files of Caffe2 still have. */
  private static Node fill(Node node, GraphDraft g) {
    Attributes old = node.attributes();
    Tensor value = Tensor.of(new float[] {old.real("value", 0)}, 1);
    String shape;
    if (old.flag("input_as_shape", false)) {
      shape = node.inputs().get(0);
    } else if (old.has("shape")) {
      shape = g.constant(node, "shape", Tensor.longs(old.integers("shape").orElseThrow()));
    } else {
      shape = g.emit(node, "Shape", Attributes.none(), node.inputs().get(0));
    }
    return new Node(
        node.name(),
        "ConstantOfShape",
        List.of(shape),
        node.outputs(),
        Attributes.of("value", value));
  }
}
