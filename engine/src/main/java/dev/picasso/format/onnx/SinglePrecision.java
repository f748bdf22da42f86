package dev.picasso.format.onnx;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model of 16-bit or 64-bit floating-point numbers computed with 32 bits. On a processor ONNX
 * Runtime converts half precision to and fro around most operators, has no kernel for others (a
 * scatter that adds, which the gradient of a MaxPool needs), and none for convolutions of 64 bits.
 *
 * <p>Numbers of 64 bits beside a model of 32, such as sizes computed on the way, stay as they are.
 */
final class SinglePrecision {
  /** Attributes that name the type of a result, by their code in ONNX. */
  private static final List<String> TYPE_ATTRIBUTES = List.of("to", "dtype");

  private final Set<DataType> converted;

  private SinglePrecision(Set<DataType> converted) {
    this.converted = converted;
  }

  /** The same function of 32-bit numbers; a note says so where anything changed. */
  static Graph of(Graph graph, Notes notes) {
    Set<DataType> types = EnumSet.of(DataType.FLOAT16, DataType.BFLOAT16);
    if (computesWith(graph, DataType.DOUBLE)) {
      types.add(DataType.DOUBLE);
    }
    List<String> found =
        types.stream().filter(t -> computesWith(graph, t)).map(Enum::name).toList();
    if (!found.isEmpty()) {
      notes.add("The file computes with " + String.join(", ", found) + "; Picasso with FLOAT.");
    }
    return new SinglePrecision(types).apply(graph);
  }

  /** Whether an input or a weight, which has at least two axes, holds numbers of a type. */
  private static boolean computesWith(Graph graph, DataType type) {
    return graph.inputs().stream().anyMatch(i -> i.type() == type)
        || graph.constants().values().stream()
            .anyMatch(t -> t.type() == type && t.shape().rank() > 1);
  }

  private Graph apply(Graph graph) {
    List<Value> inputs =
        graph.inputs().stream()
            .map(
                i ->
                    converted.contains(i.type())
                        ? new Value(i.name(), DataType.FLOAT, i.shape())
                        : i)
            .toList();
    Map<String, Tensor> constants = new LinkedHashMap<>();
    graph.constants().forEach((name, tensor) -> constants.put(name, single(tensor)));
    List<Node> nodes = graph.nodes().stream().map(this::single).toList();
    return Graph.of(inputs, graph.outputs(), nodes, constants, Map.of());
  }

  private Tensor single(Tensor tensor) {
    return converted.contains(tensor.type()) ? tensor.as(DataType.FLOAT) : tensor;
  }

  private Node single(Node node) {
    Attributes attributes = node.attributes();
    for (var entry : node.attributes().asMap().entrySet()) {
      if (entry.getValue() instanceof Tensor tensor && converted.contains(tensor.type())) {
        attributes = attributes.with(entry.getKey(), single(tensor));
      } else if (TYPE_ATTRIBUTES.contains(entry.getKey())
          && entry.getValue() instanceof Long code
          && named(code).filter(converted::contains).isPresent()) {
        attributes = attributes.with(entry.getKey(), DataType.FLOAT.onnxCode());
      }
    }
    return attributes.equals(node.attributes()) ? node : Rewrite.attributes(node, attributes);
  }

  private static Optional<DataType> named(long code) {
    return DataType.ofOnnxCode((int) code);
  }
}
