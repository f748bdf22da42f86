package dev.picasso.format.onnx.integers;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** Operators that are none of quantization's and see what were integers in the file. */
final class MovedIntegers {
  /** Those that hand elements on or pick among them, and which of their inputs are elements. */
  private static final Map<String, IntPredicate> MOVING =
      Map.ofEntries(
          Map.entry("Identity", MovedIntegers::isFirst),
          Map.entry("Dropout", MovedIntegers::isFirst),
          Map.entry("Transpose", MovedIntegers::isFirst),
          Map.entry("Reshape", MovedIntegers::isFirst),
          Map.entry("Flatten", MovedIntegers::isFirst),
          Map.entry("Squeeze", MovedIntegers::isFirst),
          Map.entry("Unsqueeze", MovedIntegers::isFirst),
          Map.entry("Slice", MovedIntegers::isFirst),
          Map.entry("Split", MovedIntegers::isFirst),
          Map.entry("Gather", MovedIntegers::isFirst),
          Map.entry("GatherElements", MovedIntegers::isFirst),
          Map.entry("GatherND", MovedIntegers::isFirst),
          Map.entry("Expand", MovedIntegers::isFirst),
          Map.entry("Tile", MovedIntegers::isFirst),
          Map.entry("DepthToSpace", MovedIntegers::isFirst),
          Map.entry("SpaceToDepth", MovedIntegers::isFirst),
          Map.entry("ReverseSequence", MovedIntegers::isFirst),
          Map.entry("MaxPool", MovedIntegers::isFirst),
          Map.entry("ReduceMax", MovedIntegers::isFirst),
          Map.entry("ReduceMin", MovedIntegers::isFirst),
          Map.entry("Resize", MovedIntegers::isFirst),
          Map.entry("TopK", MovedIntegers::isFirst),
          Map.entry("Pad", i -> i == 0 || i == 2),
          Map.entry("Where", i -> i > 0),
          Map.entry("Concat", i -> true),
          Map.entry("Max", i -> true),
          Map.entry("Min", i -> true));

  /** Those of them whose second output holds places. */
  private static final Set<String> WITH_PLACES = Set.of("MaxPool", "TopK", "Dropout");

  /** Those that only see which element is larger, or how many there are. */
  private static final Set<String> ORDERING = Set.of("ArgMax", "ArgMin", "Shape", "Size");

  private static final Set<String> ARITHMETIC = Set.of("Add", "Sub", "Mul");

  private MovedIntegers() {}

  /** Most of them move their first input. */
  private static boolean isFirst(int input) {
    return input == 0;
  }

  /** Makes of such a node what it means in real numbers. */
  static void make(RealGraph g, Numbers numbers, Node node) {
    if (ORDERING.contains(node.op())) {
      g.add(node);
    } else if (node.op().equals("Cast")) {
      cast(g, numbers, node);
    } else if (ARITHMETIC.contains(node.op())) {
      arithmetic(g, numbers, node);
    } else if (MOVING.containsKey(node.op())) {
      move(g, numbers, node);
    } else {
      keep(g, numbers, node);
    }
  }

  private static void move(RealGraph g, Numbers numbers, Node node) {
    IntPredicate elements = MOVING.getOrDefault(node.op(), MovedIntegers::isFirst);
    List<String> inputs = new ArrayList<>(node.inputs());
    Optional<Meaning> found =
        inputs.stream()
            .filter(i -> elements.test(inputs.indexOf(i)))
            .flatMap(i -> g.meaning(i).stream())
            .findFirst();
    if (found.isEmpty()) {
      keep(g, numbers, node);
      return;
    }
    // Scales that differ by place cannot be moved along; the integers can.
    Meaning meaning =
        numbers.isUniform(found.get()) ? found.get() : Meaning.plain(found.get().type());
    for (int i = 0; i < inputs.size(); i++) {
      if (elements.test(i) && !inputs.get(i).isEmpty()) {
        inputs.set(i, numbers.real(node, inputs.get(i), meaning));
      }
    }
    boolean zeros =
        node.op().equals("Pad")
            && !node.hasInput(2)
            && node.attributes().text("mode", "constant").equals("constant");
    if (zeros) {
      while (inputs.size() < 3) {
        inputs.add("");
      }
      inputs.set(2, numbers.decoded(node, g.constant(node, "zero", Tensor.scalar(0f)), meaning));
    }
    for (int i = 0; i < node.outputs().size(); i++) {
      if (node.hasOutput(i) && !(i == 1 && WITH_PLACES.contains(node.op()))) {
        g.mean(node.outputs().get(i), meaning);
      }
    }
    g.add(with(node, inputs));
  }

  /**
   * To floating-point numbers these are the integers; to other integers they stay what they are.
   */
  private static void cast(RealGraph g, Numbers numbers, Node node) {
    Optional<DataType> to = DataType.ofOnnxCode((int) node.attributes().integer("to", 0));
    if (to.isEmpty() || to.get() == DataType.BOOL) {
      keep(g, numbers, node);
      return;
    }
    if (!to.get().isFloating()) {
      g.mean(node.output(), Meaning.plain(to.get()));
    }
    String integers = numbers.integers(node, node.inputs().get(0));
    g.finish(node, "Identity", Attributes.none(), integers);
  }

  /** Of integers as such, as some exporters write what a quantization means. */
  private static void arithmetic(RealGraph g, Numbers numbers, Node node) {
    DataType type = DataType.INT32;
    List<String> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      type = g.meaning(input).map(Meaning::type).orElse(type);
      inputs.add(numbers.integers(node, input));
    }
    g.mean(node.output(), Meaning.plain(type));
    g.add(with(node, inputs));
  }

  /** What needs the integers gets them, rounded; no gradient passes there. */
  static void keep(RealGraph g, Numbers numbers, Node node) {
    List<String> inputs =
        node.inputs().stream()
            .map(i -> g.meaning(i).isPresent() ? numbers.restored(node, i) : i)
            .toList();
    g.add(with(node, inputs));
  }

  private static Node with(Node node, List<String> inputs) {
    return new Node(
        node.name(), node.domain(), node.op(), inputs, node.outputs(), node.attributes());
  }
}
