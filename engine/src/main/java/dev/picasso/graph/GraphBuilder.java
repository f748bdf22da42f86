package dev.picasso.graph;

import dev.picasso.graph.shape.Operands;
import dev.picasso.graph.shape.ShapeInference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Grows a graph node by node; every value that it hands out has a known type and shape. Use it from
 * one thread, then {@link #build} the immutable graph. The one-line operators live in {@link
 * Operators}, its superclass.
 */
public final class GraphBuilder extends Operators {
  private final List<Value> inputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants = new LinkedHashMap<>();
  private final Map<String, Value> values = new HashMap<>();

  /** The names that values have been given since, which nodes learn when the graph is built. */
  private final Map<String, String> renamed = new HashMap<>();

  private final Set<String> given = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> nodeNames = new HashSet<>();
  private final Map<String, Integer> counters = new HashMap<>();
  private final Map<Object, Value> smallConstants = new HashMap<>();
  private String scope = "";

  /** A builder that starts with all of an existing graph. */
  public static GraphBuilder from(Graph graph) {
    GraphBuilder g = new GraphBuilder();
    g.inputs.addAll(graph.inputs());
    g.nodes.addAll(graph.nodes());
    g.constants.putAll(graph.constants());
    g.values.putAll(graph.values());
    g.inputs.forEach(i -> g.values.put(i.name(), i));
    g.constants.forEach((name, t) -> g.values.put(name, new Value(name, t.type(), t.shape())));
    g.names.addAll(g.values.keySet());
    for (Node node : g.nodes) {
      g.nodeNames.add(node.name());
      g.names.addAll(node.outputs());
    }
    return g;
  }

  public Value input(String name, DataType type, Shape shape) {
    Value value = new Value(unique(name), type, shape);
    inputs.add(value);
    values.put(value.name(), value);
    return value;
  }

  /** A constant; small ones that are equal are kept once. */
  @Override
  public Value constant(Tensor tensor) {
    if (tensor.size() <= 16) {
      Object key = List.of(tensor.type(), tensor.shape(), tensor.bytes());
      Value known = smallConstants.get(key);
      if (known == null) {
        known = constant("constant", tensor);
        smallConstants.put(key, known);
      }
      return known;
    }
    return constant("constant", tensor);
  }

  /** A constant under a name of its own, for weights that people look for. */
  public Value constant(String name, Tensor tensor) {
    Value value = new Value(unique(name), tensor.type(), tensor.shape());
    constants.put(value.name(), tensor);
    values.put(value.name(), value);
    return value;
  }

  /** The numbers of a value that is a constant. */
  public Optional<Tensor> constantOf(Value value) {
    return Optional.ofNullable(constants.get(resolve(value.name())));
  }

  /** Whether a value is neither an input nor a constant. */
  public boolean isMade(Value value) {
    String name = resolve(value.name());
    return !constants.containsKey(name) && inputs.stream().noneMatch(i -> i.name().equals(name));
  }

  /** Emits one operation and returns its outputs, as many as asked for. */
  @Override
  public List<Value> emit(
      String op, Attributes attributes, int outputs, List<Optional<Value>> inputs) {
    List<Optional<Tensor>> known = inputs.stream().map(i -> i.flatMap(this::constantOf)).toList();
    var inferred =
        ShapeInference.standard().infer(new Operands(op, inputs, known, attributes, outputs));
    String name = nodeName(op);
    List<Value> made = new ArrayList<>();
    for (int i = 0; i < inferred.size(); i++) {
      String output = i == 0 ? name + ":0" : name + ":" + i;
      Value value = new Value(unique(output), inferred.get(i).type(), inferred.get(i).shape());
      values.put(value.name(), value);
      made.add(value);
    }
    List<String> inputNames =
        inputs.stream().map(i -> i.map(v -> resolve(v.name())).orElse("")).toList();
    nodes.add(new Node(name, op, inputNames, made.stream().map(Value::name).toList(), attributes));
    return made;
  }

  /** An operation with one output whose shape follows from what only the caller knows. */
  public Value shaped(
      String op, Attributes attributes, DataType type, Shape shape, Value... operands) {
    String name = nodeName(op);
    Value value = new Value(unique(name + ":0"), type, shape);
    List<String> inputNames = Arrays.stream(operands).map(v -> resolve(v.name())).toList();
    add(new Node(name, op, inputNames, List.of(value.name()), attributes), List.of(value));
    return value;
  }

  /** Adds a node as it is, whose outputs have these types and shapes. */
  public void add(Node node, List<Value> outputs) {
    nodes.add(node);
    nodeNames.add(node.name());
    for (Value output : outputs) {
      names.add(output.name());
      values.put(output.name(), output);
    }
  }

  /** Runs an action whose nodes are named after a layer, as in "block1_conv1/Conv". */
  public <T> T scoped(String name, Supplier<T> action) {
    String outer = scope;
    scope = outer.isEmpty() ? name : outer + "/" + name;
    try {
      return action.get();
    } finally {
      scope = outer;
    }
  }

  /**
   * Gives the output of a node the name that people know it by. The old value goes on standing for
   * the same thing. An input, a constant or a value that already bears such a name is passed
   * through an Identity first.
   */
  public Value named(Value value, String name) {
    String old = resolve(value.name());
    Value source = lookUp(value.name());
    boolean plain =
        inputs.stream().noneMatch(i -> i.name().equals(old))
            && !constants.containsKey(old)
            && !given.contains(old);
    if (!plain) {
      return named(identity(source), name);
    }
    if (old.equals(name)) {
      return source;
    }
    Value result = new Value(unique(name), source.type(), source.shape());
    values.remove(old);
    values.put(result.name(), result);
    renamed.put(old, result.name());
    given.add(result.name());
    return result;
  }

  private Node withNewNames(Node node) {
    if (Stream.concat(node.inputs().stream(), node.outputs().stream())
        .noneMatch(renamed::containsKey)) {
      return node;
    }
    return new Node(
        node.name(),
        node.domain(),
        node.op(),
        node.inputs().stream().map(this::resolve).toList(),
        node.outputs().stream().map(this::resolve).toList(),
        node.attributes());
  }

  /** The value of that name. */
  public Value lookUp(String name) {
    Value value = values.get(resolve(name));
    if (value == null) {
      throw new IllegalArgumentException("the graph knows no value " + name);
    }
    return value;
  }

  private String resolve(String name) {
    String now = name;
    while (renamed.containsKey(now)) {
      now = renamed.get(now);
    }
    return now;
  }

  private String unique(String name) {
    return unique(name.isEmpty() ? "value" : name, names);
  }

  /** Nodes do not take away the names of values: "Relu" may be what a file calls one of these. */
  private String nodeName(String op) {
    return unique(scope.isEmpty() ? op : scope + "/" + op, nodeNames);
  }

  private String unique(String wanted, Set<String> taken) {
    String free = wanted;
    while (!taken.add(free)) {
      free = wanted + "_" + counters.merge(wanted, 1, Integer::sum);
    }
    return free;
  }

  /** The graph with these outputs, and only the nodes and constants that they need. */
  public Graph build(Collection<Value> outputs) {
    List<String> wanted = outputs.stream().map(v -> resolve(v.name())).toList();
    nodes.replaceAll(this::withNewNames);
    return new Graph(inputs, wanted, nodes, constants, values).withOutputs(wanted);
  }

  public Graph build(Value... outputs) {
    return build(List.of(outputs));
  }
}
