package dev.picasso.graph;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A computation as an immutable value: nodes in topological order over named values. Convolutional
 * data is NCHW inside; graph inputs have the layout of the model file.
 */
public final class Graph {
  /** The version of ONNX's operator set whose semantics all nodes have. */
  public static final int OPSET = 21;

  private final List<Value> inputs;
  private final List<String> outputs;
  private final List<Node> nodes;
  private final Map<String, Tensor> constants;
  private final Map<String, Value> values;
  private final Map<String, Node> producers;

  Graph(
      List<Value> inputs,
      List<String> outputs,
      List<Node> nodes,
      Map<String, Tensor> constants,
      Map<String, Value> values) {
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.nodes = List.copyOf(nodes);
    this.constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
    this.values = Collections.unmodifiableMap(new HashMap<>(values));
    this.producers = producersOf(nodes);
  }

  /**
   * A graph made of its parts, for readers of files and for passes.
   *
   * @param nodes in topological order
   * @param values what else is known of types and shapes; inputs and constants are known anyway
   * @throws IllegalArgumentException if a value is read before it is made, or made twice
   */
  public static Graph of(
      List<Value> inputs,
      List<String> outputs,
      List<Node> nodes,
      Map<String, Tensor> constants,
      Map<String, Value> values) {
    Map<String, Value> known = new HashMap<>(values);
    inputs.forEach(i -> known.put(i.name(), i));
    constants.forEach((name, t) -> known.put(name, new Value(name, t.type(), t.shape())));
    Set<String> made = new java.util.HashSet<>(constants.keySet());
    inputs.forEach(i -> made.add(i.name()));
    made.add("");
    for (Node node : nodes) {
      requireMade(made, node.inputs(), node.name() + " (" + node.op() + ")");
      made.addAll(node.outputs());
    }
    requireMade(made, outputs, "the list of outputs");
    return new Graph(inputs, outputs, nodes, constants, known);
  }

  private static void requireMade(Set<String> made, List<String> names, String reader) {
    for (String name : names) {
      if (!made.contains(name)) {
        throw new IllegalArgumentException(
            "the value " + name + " is read by " + reader + " before it is made");
      }
    }
  }

  private static Map<String, Node> producersOf(List<Node> nodes) {
    Map<String, Node> producers = new HashMap<>();
    for (Node node : nodes) {
      for (String output : node.outputs()) {
        if (!output.isEmpty() && producers.put(output, node) != null) {
          throw new IllegalArgumentException("the value " + output + " is made twice");
        }
      }
    }
    return producers;
  }

  public List<Value> inputs() {
    return inputs;
  }

  public List<String> outputs() {
    return outputs;
  }

  /** In topological order: a node comes after all that it reads. */
  public List<Node> nodes() {
    return nodes;
  }

  public Map<String, Tensor> constants() {
    return constants;
  }

  public Optional<Tensor> constant(String name) {
    return Optional.ofNullable(constants.get(name));
  }

  /** The node that makes a value; empty for inputs and constants. */
  public Optional<Node> producer(String value) {
    return Optional.ofNullable(producers.get(value));
  }

  /** Type and shape of a value of this graph, where they are known. */
  public Optional<Value> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * Type and shape of a value.
   *
   * @throws IllegalArgumentException if the graph has no such value, or its shape is not known
   */
  public Value value(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("the graph knows no value " + name));
  }

  /** All values whose type and shape are known. */
  public Map<String, Value> values() {
    return values;
  }

  /** The nodes that read each value. */
  public Map<String, List<Node>> consumers() {
    Map<String, List<Node>> consumers = new HashMap<>();
    for (Node node : nodes) {
      for (String input : new LinkedHashSet<>(node.inputs())) {
        consumers.computeIfAbsent(input, k -> new java.util.ArrayList<>()).add(node);
      }
    }
    return consumers;
  }

  /** The same graph with other outputs, and only what they need. */
  public Graph withOutputs(Collection<String> names) {
    for (String name : names) {
      if (!producers.containsKey(name)
          && !constants.containsKey(name)
          && inputs.stream().noneMatch(i -> i.name().equals(name))) {
        throw new IllegalArgumentException("the graph has no value " + name);
      }
    }
    Set<String> needed = new LinkedHashSet<>(names);
    List<Node> kept = new java.util.ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(node.inputs());
        kept.add(node);
      }
    }
    Collections.reverse(kept);
    Map<String, Tensor> used = new LinkedHashMap<>();
    constants.forEach(
        (name, tensor) -> {
          if (needed.contains(name)) {
            used.put(name, tensor);
          }
        });
    return new Graph(inputs, List.copyOf(names), kept, used, values);
  }

  /** The same nodes with these types and shapes known as well. */
  public Graph withValues(Map<String, Value> more) {
    Map<String, Value> all = new HashMap<>(values);
    all.putAll(more);
    return new Graph(inputs, outputs, nodes, constants, all);
  }

  /**
   * The same nodes over other numbers.
   *
   * @param others instead of constants of these names, each of the type and shape of what it
   *     replaces
   * @throws IllegalArgumentException if there is no such constant, or of another type or shape
   */
  public Graph withConstants(Map<String, Tensor> others) {
    Map<String, Tensor> all = new LinkedHashMap<>(constants);
    others.forEach(
        (name, tensor) -> {
          Tensor old = all.put(name, tensor);
          if (old == null || old.type() != tensor.type() || !old.shape().equals(tensor.shape())) {
            throw new IllegalArgumentException(
                tensor + " is to replace the constant " + name + ", which is " + old);
          }
        });
    return new Graph(inputs, outputs, nodes, all, values);
  }

  /**
   * Bytes of all values that the nodes make of one image, as far as their shapes are known; what a
   * run holds at once is less.
   */
  public long activationBytes() {
    return nodes.stream()
        .flatMap(node -> node.outputs().stream())
        .flatMap(output -> find(output).stream())
        .filter(value -> value.shape().withBatch(1).isStatic())
        .mapToLong(value -> value.shape().withBatch(1).size() * value.type().bytes())
        .sum();
  }

  /** Bytes of all constants. */
  public long constantBytes() {
    return constants.values().stream().mapToLong(t -> t.size() * t.type().bytes()).sum();
  }

  /** The input of that name. */
  public Optional<Value> input(String name) {
    return inputs.stream().filter(i -> i.name().equals(name)).findFirst();
  }
}
