package dev.picasso.graph.pass;

import dev.picasso.graph.Node;
import java.util.List;
import java.util.Map;

/** The inputs of operators whose numbers the shape of a result follows from. */
final class ShapingInputs {
  private static final Map<String, List<Integer>> PLACES =
      Map.ofEntries(
          Map.entry("ConstantOfShape", List.of(0)),
          Map.entry("Expand", List.of(1)),
          Map.entry("OneHot", List.of(1)),
          Map.entry("Pad", List.of(1, 3)),
          Map.entry("ReduceL1", List.of(1)),
          Map.entry("ReduceL2", List.of(1)),
          Map.entry("ReduceMax", List.of(1)),
          Map.entry("ReduceMean", List.of(1)),
          Map.entry("ReduceMin", List.of(1)),
          Map.entry("ReduceProd", List.of(1)),
          Map.entry("ReduceSum", List.of(1)),
          Map.entry("Reshape", List.of(1)),
          Map.entry("Resize", List.of(2, 3)),
          Map.entry("Slice", List.of(1, 2, 3, 4)),
          Map.entry("Split", List.of(1)),
          Map.entry("Squeeze", List.of(1)),
          Map.entry("Tile", List.of(1)),
          Map.entry("TopK", List.of(1)),
          Map.entry("Unsqueeze", List.of(1)));

  private ShapingInputs() {}

  /** Those that a node has. */
  static List<Integer> of(Node node) {
    return node.domain().isEmpty()
        ? PLACES.getOrDefault(node.op(), List.of()).stream().filter(node::hasInput).toList()
        : List.of();
  }
}
