package dev.picasso.graph.pass;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pass at work: the nodes of the new graph in order, values that now stand for others, and new
 * constants.
 */
final class GraphEdit {
  private final Graph graph;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants;
  private final Map<String, Value> values;
  private final Map<String, String> aliases = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  GraphEdit(Graph graph) {
    this.graph = graph;
    this.constants = new LinkedHashMap<>(graph.constants());
    this.values = new HashMap<>(graph.values());
    taken.addAll(constants.keySet());
    graph.inputs().forEach(i -> taken.add(i.name()));
    graph.nodes().forEach(n -> taken.addAll(n.outputs()));
  }

  /** Adds a node; what it reads is what its inputs stand for by now. */
  void add(Node node) {
    nodes.add(resolved(node));
  }

  /** Adds a node of another graph, with its constants; what else it reads is here by that name. */
  void addFrom(Graph other, Node node) {
    List<String> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      Optional<Tensor> constant = other.constant(input);
      boolean known = constant.isEmpty() || constant.equals(constant(input));
      inputs.add(known ? input : constant(input, constant.get()));
    }
    for (String output : node.outputs()) {
      taken.add(output);
      other.find(output).ifPresent(v -> values.put(output, v));
    }
    add(withInputs(node, inputs));
  }

  /** The node with its inputs as they are called by now. */
  Node resolved(Node node) {
    List<String> inputs = node.inputs().stream().map(this::resolve).toList();
    return inputs.equals(node.inputs()) ? node : withInputs(node, inputs);
  }

  /** From here on a value is read where the other one was. */
  void alias(String gone, String standsIn) {
    aliases.put(gone, resolve(standsIn));
  }

  String resolve(String name) {
    return aliases.getOrDefault(name, name);
  }

  /** Renames what a node of the new graph makes. */
  void rename(String old, String now) {
    nodes.replaceAll(
        n ->
            withInputs(
                withOutputs(n, renamed(n.outputs(), old, now)), renamed(n.inputs(), old, now)));
    Value value = values.remove(old);
    if (value != null) {
      values.put(now, new Value(now, value.type(), value.shape()));
    }
    aliases.replaceAll((from, to) -> to.equals(old) ? now : to);
    aliases.put(old, now);
  }

  private static List<String> renamed(List<String> names, String old, String now) {
    return names.contains(old) ? names.stream().map(n -> n.equals(old) ? now : n).toList() : names;
  }

  Optional<Tensor> constant(String name) {
    return Optional.ofNullable(constants.get(resolve(name)));
  }

  /** A new constant with a name like the wanted one; its name. */
  String constant(String wanted, Tensor tensor) {
    String name = unique(wanted);
    constants.put(name, tensor);
    values.put(name, new Value(name, tensor.type(), tensor.shape()));
    return name;
  }

  /** Lets a value be a constant of the same name. */
  void makeConstant(String name, Tensor tensor) {
    constants.put(name, tensor);
    values.put(name, new Value(name, tensor.type(), tensor.shape()));
  }

  /** A new value like another one; its name. */
  String valueLike(Value like, String wanted) {
    String name = unique(wanted);
    values.put(name, new Value(name, like.type(), like.shape()));
    return name;
  }

  private String unique(String wanted) {
    String free = wanted;
    for (int i = 1; !taken.add(free); i++) {
      free = wanted + "_" + i;
    }
    return free;
  }

  /** The new graph, with only what its outputs and the kept values need. */
  Graph build(Collection<String> keep) {
    Set<String> needed = new HashSet<>(graph.outputs());
    needed.addAll(keep);
    List<Node> kept = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(node.inputs());
        kept.add(node);
      }
    }
    Collections.reverse(kept);
    Set<String> read = new HashSet<>(graph.outputs());
    kept.forEach(n -> read.addAll(n.inputs()));
    constants.keySet().retainAll(read);
    Set<String> alive = new HashSet<>(constants.keySet());
    graph.inputs().forEach(i -> alive.add(i.name()));
    kept.forEach(n -> alive.addAll(n.outputs()));
    values.keySet().retainAll(alive);
    return Graph.of(graph.inputs(), graph.outputs(), kept, constants, values);
  }

  static Node withInputs(Node node, List<String> inputs) {
    return new Node(
        node.name(), node.domain(), node.op(), inputs, node.outputs(), node.attributes());
  }

  static Node withInput(Node node, int i, String input) {
    List<String> inputs = new ArrayList<>(node.inputs());
    inputs.set(i, input);
    return withInputs(node, inputs);
  }

  static Node withOutputs(Node node, List<String> outputs) {
    return new Node(
        node.name(), node.domain(), node.op(), node.inputs(), outputs, node.attributes());
  }
}
