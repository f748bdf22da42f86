package dev.picasso.format.onnx;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.Optional;

/** Resize, the Upsample that came before it, and GridSample. */
final class ResizeUpgrades {
  private ResizeUpgrades() {}

  static void addTo(OpsetUpgrade table) {
    table.always("Upsample", ResizeUpgrades::upsample);
    table.below(11, "Resize", ResizeUpgrades::fromScales);
    table.below(13, "Resize", ResizeUpgrades::withoutEmptyInputs);
    table.always("Resize", ResizeUpgrades::halfPixelForNearest);
    table.below(20, "GridSample", ResizeUpgrades::modeNames);
  }

  private static Node upsample(Node node, GraphDraft g) {
    Node scaled = node;
    if (node.attributes().asMap().get("scales") instanceof List<?> list) {
      float[] scales = new float[list.size()];
      for (int i = 0; i < scales.length; i++) {
        scales[i] = ((Number) list.get(i)).floatValue();
      }
      scaled = Rewrite.input(node, 1, g.constant(node, "scales", Tensor.of(scales, scales.length)));
    }
    return fromScales(Rewrite.op(scaled, "Resize"), g);
  }

  /** Before opset 11 pixel i of the result came from i / scale, rounded up only when shrinking. */
  private static Node fromScales(Node node, GraphDraft g) {
    String scales = node.inputs().get(1);
    boolean shrinks =
        g.constantOf(scales)
            .map(Tensor::floats)
            .map(
                s -> {
                  boolean any = false;
                  for (float scale : s) {
                    any |= scale < 1;
                  }
                  return any;
                })
            .orElse(false);
    Attributes attributes =
        Attributes.of(
                "mode", node.attributes().text("mode", "nearest").replace("bilinear", "linear"))
            .with("coordinate_transformation_mode", "asymmetric")
            .with("nearest_mode", shrinks ? "ceil" : "floor");
    return new Node(
        node.name(),
        "Resize",
        List.of(node.inputs().get(0), "", scales),
        node.outputs(),
        attributes);
  }

  /** Opset 11 demanded inputs that do not count; exporters gave empty tensors. */
  private static Node withoutEmptyInputs(Node node, GraphDraft g) {
    return Rewrite.inputs(
        node,
        node.inputs().stream()
            .map(i -> g.constantOf(i).filter(t -> t.size() == 0).isPresent() ? "" : i)
            .toList());
  }

  /** ⌊(i + ½) / scale⌋ is the nearest of half_pixel, halves rounded up. */
  private static Node halfPixelForNearest(Node node, GraphDraft g) {
    Attributes attributes = node.attributes();
    boolean same =
        attributes.text("coordinate_transformation_mode", "").equals("tf_half_pixel_for_nn")
            && attributes.text("nearest_mode", "").equals("floor");
    return same
        ? Rewrite.attributes(
            node,
            attributes
                .with("coordinate_transformation_mode", "half_pixel")
                .with("nearest_mode", "round_prefer_ceil"))
        : node;
  }

  private static Node modeNames(Node node, GraphDraft g) {
    Optional<String> now =
        switch (node.attributes().text("mode", "bilinear")) {
          case "bilinear" -> Optional.of("linear");
          case "bicubic" -> Optional.of("cubic");
          default -> Optional.empty();
        };
    return now.map(m -> Rewrite.attributes(node, node.attributes().with("mode", m))).orElse(node);
  }
}
