package dev.picasso.format.onnx;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.List;

/** Normalization, dropout and activations. */
final class NeuralUpgrades {
  private NeuralUpgrades() {}

  static void addTo(OpsetUpgrade table, Notes notes) {
    table.below(9, "BatchNormalization", NeuralUpgrades::perChannel);
    table.always("BatchNormalization", (node, g) -> atInference(node, g, notes));
    table.always("Dropout", (node, g) -> withoutDropping(node, g, notes));
    table.below(11, "Clip", NeuralUpgrades::boundsAsInputs);
    table.below(21, "GroupNormalization", NeuralUpgrades::scalePerChannel);
  }

  private static Node perChannel(Node node, GraphDraft g) {
    if (!node.attributes().flag("spatial", true)) {
      throw new ModelException("normalizes every position by itself (spatial=0)");
    }
    return Rewrite.attributes(node, node.attributes().without("spatial"));
  }

  /**
   * Only the first output is of inference; the others are training's, under whatever version. Some
   * networks standardize their weights with this operator: those are no images and keep their own
   * statistics.
   */
  private static Node atInference(Node node, GraphDraft g, Notes notes) {
    if (g.isFixed(node.inputs().get(0))) {
      return node;
    }
    boolean training = node.attributes().flag("training_mode", false);
    boolean more = node.outputs().stream().skip(1).anyMatch(o -> !o.isEmpty());
    if (training || more) {
      notes.add(
          "The model was exported in training mode; batch normalization uses its running"
              + " statistics, as at inference.");
    }
    return Rewrite.attributes(
        Rewrite.outputs(node, node.outputs().subList(0, 1)),
        node.attributes().without("training_mode").without("momentum"));
  }

  /** y = x; the mask, where asked for, is all true. */
  private static Node withoutDropping(Node node, GraphDraft g, Notes notes) {
    boolean training =
        node.hasInput(2)
            && g.constantOf(node.inputs().get(2)).map(t -> t.floats()[0] != 0).orElse(true);
    if (training) {
      notes.add("The model was exported in training mode; dropout is left out, as at inference.");
    }
    return Rewrite.attributes(Rewrite.inputs(node, node.inputs().subList(0, 1)), Attributes.none());
  }

  private static Node boundsAsInputs(Node node, GraphDraft g) {
    Node now = node;
    for (String bound : List.of("min", "max")) {
      if (node.attributes().has(bound)) {
        Tensor value =
            Tensor.scalar(node.attributes().real(bound, 0)).as(g.typeOf(node.inputs().get(0)));
        now = Rewrite.input(now, bound.equals("min") ? 1 : 2, g.constant(node, bound, value));
      }
    }
    return Rewrite.attributes(now, Attributes.none());
  }

  /** Before opset 21 scale and bias were given for each group, [G]; now for each channel, [C]. */
  private static Node scalePerChannel(Node node, GraphDraft g) {
    long groups = node.attributes().integer("num_groups", 1);
    String channels =
        g.emit(node, "Shape", Attributes.of("start", 1).with("end", 2), node.inputs().get(0));
    String each =
        g.emit(
            node,
            "Div",
            Attributes.none(),
            channels,
            g.constant(node, "groups", Tensor.longs(groups)));
    String one = g.constant(node, "one", Tensor.longs(1));
    String repeats = g.emit(node, "Concat", Attributes.of("axis", 0), one, each);
    String flat = g.constant(node, "flat", Tensor.longs(-1));
    Node now = node;
    for (int i = 1; i <= 2; i++) {
      String column = g.emit(node, "Unsqueeze", Attributes.none(), node.inputs().get(i), one);
      String rows = g.emit(node, "Tile", Attributes.none(), column, repeats);
      now = Rewrite.input(now, i, g.emit(node, "Reshape", Attributes.none(), rows, flat));
    }
    return now;
  }
}
