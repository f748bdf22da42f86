package dev.picasso.format.onnx;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What files of the opsets below 7, of 2017 and early 2018, say in another way. */
final class FirstOpsets {
  /** Operators of two operands, which are aligned at an axis and not at their ends. */
  private static final List<String> BROADCASTING =
      List.of("Add", "Sub", "Mul", "Div", "Pow", "And", "Or", "Xor", "Equal", "Greater", "Less");

  private FirstOpsets() {}

  static void addTo(OpsetUpgrade table) {
    for (String op : BROADCASTING) {
      table.below(7, op, FirstOpsets::aligned);
    }
    table.below(7, "PRelu", FirstOpsets::slopeByChannel);
    table.below(7, "Gemm", (node, g) -> without(node, "broadcast"));
    table.below(7, "BatchNormalization", FirstOpsets::training);
    table.below(7, "Upsample", FirstOpsets::scales);
    table.below(6, "Cast", FirstOpsets::typeByName);
    table.below(6, "Selu", FirstOpsets::roundedConstants);
    table.below(6, "Tile", FirstOpsets::tile);
    table.below(5, "Reshape", (node, g) -> Rewrite.integersToInput(node, g, "shape", 1));
    table.below(4, "Concat", FirstOpsets::alongChannels);
    table.below(2, "Pad", FirstOpsets::paddings);
    for (String op : List.of("LpPool", "GlobalLpPool")) {
      table.below(2, op, FirstOpsets::wholePower);
    }
  }

  /** Which of its inputs an operator might overwrite: nothing of what it computes. */
  static Node withoutConsumed(Node node) {
    return without(node, "consumed_inputs");
  }

  /**
   * With an axis, the second operand begins there: it gets as many axes of one behind its own as
   * the first has left. How many that are is computed from both shapes.
   */
  private static Node aligned(Node node, GraphDraft g) {
    long axis = node.attributes().integer("axis", 0);
    boolean atAxis = node.attributes().flag("broadcast", false) && node.attributes().has("axis");
    Node plain = without(without(node, "broadcast"), "axis");
    if (!atAxis || node.inputs().size() < 2) {
      return plain;
    }
    String b = node.inputs().get(1);
    String rankOfA = rank(node, g, node.inputs().get(0));
    String shapeOfB = g.emit(node, "Shape", Attributes.none(), b);
    String rankOfB = g.emit(node, "Shape", Attributes.none(), shapeOfB);
    String start = g.constant(node, "axis", Tensor.longs(axis));
    String left =
        axis < 0
            ? g.emit(node, "Neg", Attributes.none(), start)
            : g.emit(node, "Sub", Attributes.none(), rankOfA, start);
    String count = g.emit(node, "Sub", Attributes.none(), left, rankOfB);
    Attributes one = Attributes.of("value", Tensor.of(new long[] {1}, 1));
    String ones = g.emit(node, "ConstantOfShape", one, count);
    String target = g.emit(node, "Concat", Attributes.of("axis", 0), shapeOfB, ones);
    return Rewrite.input(plain, 1, g.emit(node, "Reshape", Attributes.none(), b, target));
  }

  private static String rank(Node node, GraphDraft g, String value) {
    return g.emit(
        node, "Shape", Attributes.none(), g.emit(node, "Shape", Attributes.none(), value));
  }

  /** A slope for each channel, as a vector; channels are axis 1. */
  private static Node slopeByChannel(Node node, GraphDraft g) {
    Optional<Tensor> slope =
        node.hasInput(1) ? g.constantOf(node.inputs().get(1)) : Optional.empty();
    if (slope.isEmpty() || slope.get().shape().rank() != 1 || slope.get().size() == 1) {
      return node;
    }
    Node vector = Rewrite.attributes(node, Attributes.of("axis", 1).with("broadcast", 1));
    return aligned(vector, g);
  }

  /** Where is_test is not given, it is training. */
  private static Node training(Node node, GraphDraft g) {
    boolean test = node.attributes().flag("is_test", false);
    Node plain = without(node, "is_test");
    return test ? plain : Rewrite.attributes(plain, plain.attributes().with("training_mode", 1));
  }

  private static Node scales(Node node, GraphDraft g) {
    if (!node.attributes().has("height_scale")) {
      return node;
    }
    List<Float> scales =
        List.of(
            1f,
            1f,
            node.attributes().real("height_scale", 1),
            node.attributes().real("width_scale", 1));
    return Rewrite.attributes(
        node,
        node.attributes().without("height_scale").without("width_scale").with("scales", scales));
  }

  private static Node typeByName(Node node, GraphDraft g) {
    if (!(node.attributes().asMap().get("to") instanceof String name)) {
      return node;
    }
    DataType type =
        Arrays.stream(DataType.values())
            .filter(t -> t.name().equals(name.toUpperCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> new ModelException("casts to " + name));
    return Rewrite.attributes(node, Attributes.of("to", type.onnxCode()));
  }

  private static Node roundedConstants(Node node, GraphDraft g) {
    return Rewrite.attributes(
        node,
        Attributes.of("alpha", node.attributes().real("alpha", 1.6732))
            .with("gamma", node.attributes().real("gamma", 1.0507)));
  }

  private static Node tile(Node node, GraphDraft g) {
    throw new ModelException("repeats along one axis, as it did before opset 6");
  }

  private static Node alongChannels(Node node, GraphDraft g) {
    return node.attributes().has("axis")
        ? node
        : Rewrite.attributes(node, node.attributes().with("axis", 1));
  }

  private static Node paddings(Node node, GraphDraft g) {
    Optional<long[]> pads = node.attributes().integers("paddings");
    return pads.isEmpty()
        ? node
        : Rewrite.attributes(node, node.attributes().without("paddings").with("pads", pads.get()));
  }

  private static Node wholePower(Node node, GraphDraft g) {
    return node.attributes().asMap().get("p") instanceof Float p && p == Math.rint(p)
        ? Rewrite.attributes(node, node.attributes().with("p", (long) (float) p))
        : node;
  }

  private static Node without(Node node, String attribute) {
    return node.attributes().has(attribute)
        ? Rewrite.attributes(node, node.attributes().without(attribute))
        : node;
  }
}
