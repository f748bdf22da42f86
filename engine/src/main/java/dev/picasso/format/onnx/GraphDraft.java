package dev.picasso.format.onnx;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.Randomness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A graph while it is being read: what has been made so far, and names that are still free. */
final class GraphDraft {
  /** Functions that call functions can unfold without end. */
  static final int MOST_NODES = 200_000;

  private final List<Value> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final Map<String, DataType> types = new HashMap<>();
  private final Set<String> fixed = new HashSet<>(Set.of(""));
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counters = new HashMap<>();

  /** Keeps a name of the file from being given to something new. */
  void reserve(String name) {
    taken.add(name);
  }

  /** A name like the wanted one that nothing has. */
  String unique(String wanted) {
    String base = wanted.isEmpty() ? "value" : wanted;
    String free = base;
    while (!taken.add(free)) {
      free = base + "_" + counters.merge(base, 1, Integer::sum);
    }
    return free;
  }

  void input(Value value) {
    inputs.add(value);
    types.put(value.name(), value.type());
  }

  void constant(String name, Tensor tensor) {
    constants.put(name, tensor);
    fixed.add(name);
    types.put(name, tensor.type());
  }

  /** A new constant; its name. */
  String constant(Node owner, String role, Tensor tensor) {
    String name = unique(owner.output() + "/" + role);
    constant(name, tensor);
    return name;
  }

  Optional<Tensor> constantOf(String name) {
    return Optional.ofNullable(constants.get(name));
  }

  /** Whether a value follows from constants alone. */
  boolean isFixed(String name) {
    return fixed.contains(name);
  }

  /** The element type of a value as far as it can be told without running the graph. */
  DataType typeOf(String name) {
    return types.getOrDefault(name, DataType.FLOAT);
  }

  /** What the file says of the type of a value. */
  void declareType(String name, DataType type) {
    types.put(name, type);
  }

  void add(Node node) {
    if (nodes.size() >= MOST_NODES) {
      throw new ModelException("the model has more than " + MOST_NODES + " operations");
    }
    nodes.add(node);
    if (fixed.containsAll(node.inputs()) && !Randomness.draws(node)) {
      fixed.addAll(node.outputs());
    }
    DataType type = resultType(node);
    node.outputs().forEach(o -> types.putIfAbsent(o, type));
  }

  /** Adds a node of one output beside another one; the output's name. */
  String emit(Node beside, String op, Attributes attributes, String... inputs) {
    String output = unique(beside.output() + "/" + op);
    add(new Node(output, op, List.of(inputs), List.of(output), attributes));
    return output;
  }

  private DataType resultType(Node node) {
    return switch (node.op()) {
      case "Cast" ->
          DataType.ofOnnxCode((int) node.attributes().integer("to", 1)).orElse(DataType.FLOAT);
      case "Shape", "Size", "ArgMax", "ArgMin", "NonZero" -> DataType.INT64;
      case "Where", "DequantizeLinear" -> typeOf(node.inputs().get(1));
      default -> node.inputs().isEmpty() ? DataType.FLOAT : typeOf(node.inputs().get(0));
    };
  }

  /** What has been read, with these outputs and only what they need. */
  Graph graph(List<String> outputs) {
    return Graph.of(inputs, List.of(), nodes, constants, Map.of()).withOutputs(outputs);
  }
}
