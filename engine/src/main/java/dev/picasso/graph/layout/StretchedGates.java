package dev.picasso.graph.layout;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One factor for each channel, as in squeeze and excitation (Hu et al. 2017), times an image that
 * is in {@link ChannelBlocks}: the runtime multiplies there only what has one size, and copies the
 * image out of the blocks and back for anything else. Repeated over the rows and columns the factor
 * has the image's size; the products are the same to the bit.
 */
public final class StretchedGates {
  /** Keep in blocks what is there. */
  private static final Set<String> OF_ONE =
      Set.of(
          "Relu",
          "Sigmoid",
          "Tanh",
          "LeakyRelu",
          "HardSigmoid",
          "Clip",
          "MaxPool",
          "AveragePool",
          "GlobalAveragePool");

  /** Do so if all that they read is there. */
  private static final Set<String> OF_SEVERAL = Set.of("Add", "Sum", "Mul", "Concat");

  private final Graph graph;
  private final GraphBuilder g;
  private final Set<String> blocked = new HashSet<>();
  private final Map<List<Object>, Value> stretched = new HashMap<>();

  private StretchedGates(Graph graph) {
    this.graph = graph;
    this.g =
        GraphBuilder.from(
            Graph.of(graph.inputs(), List.of(), List.of(), graph.constants(), graph.values()));
  }

  /** The same function; the very same graph where it has no such product. */
  public static Graph apply(Graph graph) {
    if (!graph.outputs().stream().allMatch(graph.values()::containsKey)) {
      return graph;
    }
    StretchedGates work = new StretchedGates(graph);
    graph.nodes().forEach(work::add);
    return work.stretched.isEmpty()
        ? graph
        : work.g.build(graph.outputs().stream().map(work.g::lookUp).toList());
  }

  private void add(Node node) {
    Node placed = product(node).orElse(node);
    g.add(placed, node.outputs().stream().flatMap(o -> graph.find(o).stream()).toList());
    if (staysInBlocks(placed)) {
      blocked.add(placed.output());
    }
  }

  private boolean staysInBlocks(Node node) {
    boolean fits = graph.find(node.output()).filter(ChannelBlocks::fit).isPresent();
    if (!fits || !node.domain().isEmpty()) {
      return false;
    }
    return node.op().equals("Conv")
        || (OF_ONE.contains(node.op()) && blocked.contains(node.inputs().get(0)))
        || (OF_SEVERAL.contains(node.op()) && blocked.containsAll(node.inputs()));
  }

  /** The product of an image in blocks with a stretched gate, if the node is one with a gate. */
  private Optional<Node> product(Node node) {
    if (!node.op().equals("Mul") || !node.domain().isEmpty()) {
      return Optional.empty();
    }
    String a = node.inputs().get(0);
    String b = node.inputs().get(1);
    return gate(a, b).or(() -> gate(b, a)).map(gate -> with(node, gate));
  }

  private static Node with(Node node, List<String> inputs) {
    return new Node(
        node.name(), node.domain(), node.op(), inputs, node.outputs(), node.attributes());
  }

  private Optional<List<String>> gate(String image, String gate) {
    if (!blocked.contains(image) || graph.constant(gate).isPresent()) {
      return Optional.empty();
    }
    Value x = g.lookUp(image);
    return graph
        .find(gate)
        .filter(f -> ChannelBlocks.fit(f) && isGate(f, x))
        .map(f -> List.of(image, stretch(f, x).name()));
  }

  private static boolean isGate(Value gate, Value x) {
    return gate.dim(0) == x.dim(0)
        && gate.dim(1) == x.dim(1)
        && gate.dim(2) == 1
        && gate.dim(3) == 1
        && x.dim(2) > 0
        && x.dim(3) > 0
        && x.dim(2) * x.dim(3) > 1;
  }

  private Value stretch(Value gate, Value x) {
    return stretched.computeIfAbsent(
        List.of(gate.name(), x.dim(2), x.dim(3)), k -> g.scoped(gate.name(), () -> made(gate, x)));
  }

  private Value made(Value gate, Value x) {
    Value in = blocked.contains(gate.name()) ? gate : ChannelBlocks.enter(g, gate);
    Value all = ChannelBlocks.stretched(g, in, x);
    blocked.add(all.name());
    return all;
  }
}
