package dev.picasso.format.onnx.integers;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The graph of real numbers while it grows. A value of integers keeps its name and becomes, under
 * it, the real numbers that they stand for; what that was is kept as its {@link Meaning}.
 */
final class RealGraph {
  private final Graph file;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants;
  private final Map<String, Meaning> meanings = new LinkedHashMap<>();
  private final Map<String, String> cast = new HashMap<>();
  private final Map<String, Range> ranges = new HashMap<>();
  private final Map<String, Node> makers = new HashMap<>();
  private final Set<String> fixed;
  private final Set<String> taken;

  RealGraph(Graph file) {
    this.file = file;
    this.constants = new LinkedHashMap<>(file.constants());
    this.fixed = new HashSet<>(constants.keySet());
    this.taken = new HashSet<>(constants.keySet());
    fixed.add("");
    taken.add("");
    file.inputs().forEach(i -> taken.add(i.name()));
    file.nodes().forEach(n -> taken.addAll(n.outputs()));
  }

  /** Whether a value follows from constants alone. */
  boolean isFixed(String value) {
    return fixed.contains(value);
  }

  Optional<Tensor> constant(String value) {
    return Optional.ofNullable(constants.get(value));
  }

  /** What the integers of a value stood for in the file; empty for what is as it was there. */
  Optional<Meaning> meaning(String value) {
    return Optional.ofNullable(meanings.get(value));
  }

  /** Says what the integers stood for that a value had in the file. */
  void mean(String value, Meaning meaning) {
    meanings.put(value, meaning);
  }

  /** Of the values that are real numbers now. */
  Set<String> changed() {
    return meanings.keySet();
  }

  Range range(String value) {
    return ranges.getOrDefault(value, Range.ALL);
  }

  Optional<Node> maker(String value) {
    return Optional.ofNullable(makers.get(value));
  }

  Optional<Value> input(String value) {
    return file.input(value);
  }

  void add(Node node) {
    nodes.add(node);
    node.outputs().stream().filter(o -> !o.isEmpty()).forEach(o -> makers.put(o, node));
    if (!node.inputs().isEmpty() && fixed.containsAll(node.inputs())) {
      fixed.addAll(node.outputs());
    }
    if (node.domain().isEmpty() && node.hasOutput(0)) {
      ranges.put(node.output(), Range.of(node, this::range, this::constant));
    }
  }

  /** A new constant; its name. */
  String constant(Node beside, String role, Tensor tensor) {
    String name = unique(beside.output() + "/" + role);
    define(name, tensor);
    return name;
  }

  /** A constant under a name that nothing else makes. */
  void define(String name, Tensor tensor) {
    constants.put(name, tensor);
    fixed.add(name);
  }

  /** A new value beside a node; its name. */
  String emit(Node beside, String op, Attributes attributes, String... inputs) {
    String output = unique(beside.output() + "/" + op);
    add(new Node(output, op, List.of(inputs), List.of(output), attributes));
    return output;
  }

  String emit(Node beside, String op, String... inputs) {
    return emit(beside, op, Attributes.none(), inputs);
  }

  /** What a node of the file makes, made of this. */
  void finish(Node node, String op, Attributes attributes, String... inputs) {
    add(new Node(node.name(), op, List.of(inputs), List.of(node.output()), attributes));
  }

  /** A value of 32-bit floating-point numbers that holds the integers of this one. */
  String asFloat(Node beside, String integers) {
    return cast.computeIfAbsent(
        integers,
        i -> {
          Optional<Tensor> constant = constant(i).filter(t -> t.size() == 1);
          return constant.isPresent()
              ? constant(beside, "number", constant.get().as(DataType.FLOAT).reshaped())
              : emit(beside, "Cast", Attributes.of("to", DataType.FLOAT.onnxCode()), i);
        });
  }

  private String unique(String wanted) {
    String free = wanted;
    for (int i = 1; !taken.add(free); i++) {
      free = wanted + "_" + i;
    }
    return free;
  }

  /** The graph with the outputs of the file, and what these need. */
  Graph build(Map<String, Tensor> computed) {
    List<Node> left =
        nodes.stream().filter(n -> !computed.keySet().containsAll(n.outputs())).toList();
    Map<String, Tensor> all = new LinkedHashMap<>(constants);
    all.putAll(computed);
    return Graph.of(file.inputs(), file.outputs(), left, all, Map.of()).withOutputs(file.outputs());
  }

  /** What is fixed, as a graph of its own that makes these values. */
  Graph fixedPart(List<String> outputs) {
    List<Node> alone = nodes.stream().filter(n -> fixed.containsAll(n.outputs())).toList();
    return Graph.of(List.of(), List.of(), alone, constants, Map.of()).withOutputs(outputs);
  }

  /** The nodes so far. */
  List<Node> nodes() {
    return List.copyOf(nodes);
  }
}
