package dev.picasso.graph.pass;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns types and shapes of all values of a graph. Where the rules for shapes do not tell, they
 * are asked for batches of two and of three, with what the graph computes of lengths; and what they
 * still do not tell is found by running the graph for these: what stays is fixed, what grows in
 * step with the batch is a multiple of it. Of each such value the runtime hands out its shape and
 * an empty piece that shows its type, so that no activations pile up.
 */
public final class ShapeProbe {
  private final Evaluator evaluator;

  public ShapeProbe(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * The graph with types and shapes known. A value whose shape neither stays nor grows with the
   * batch remains unknown.
   *
   * @throws dev.picasso.PicassoException if the graph has to be run for it and cannot be
   */
  public Graph withShapes(Graph graph) {
    ShapeWalk walk = new ShapeWalk(graph.inputs(), graph.constants());
    graph.nodes().forEach(walk::step);
    Graph ruled = graph.withValues(walk.values());
    return isKnown(ruled) ? ruled : measured(numbered(ruled));
  }

  private static boolean isKnown(Graph graph) {
    return graph.nodes().stream()
        .flatMap(n -> n.outputs().stream())
        .allMatch(o -> o.isEmpty() || graph.find(o).isPresent());
  }

  /** With the shapes that follow by rule where target shapes are computed for two batches. */
  private Graph numbered(Graph graph) {
    NumberedWalk two = NumberedWalk.of(graph, 2, evaluator);
    NumberedWalk three = NumberedWalk.of(graph, 3, evaluator);
    Map<String, Value> values = new HashMap<>();
    for (Node node : graph.nodes()) {
      for (String name : node.outputs()) {
        Optional<Value> ofTwo = graph.find(name).isPresent() ? Optional.empty() : two.find(name);
        Optional<Value> ofThree = three.find(name);
        if (ofTwo.isPresent() && ofThree.isPresent()) {
          DataType type = ofTwo.get().type();
          shape(ofTwo.get().shape().dims(), ofThree.get().shape().dims())
              .ifPresent(shape -> values.put(name, new Value(name, type, shape)));
        }
      }
    }
    return graph.withValues(values);
  }

  /** The graph with those types and shapes that it does not know yet, all by running it. */
  Graph measured(Graph graph) {
    Exposed exposed = Exposed.of(graph);
    if (exposed.probes().isEmpty()) {
      return graph;
    }
    boolean batched = graph.inputs().stream().anyMatch(i -> !i.shape().isStatic());
    List<Map<String, Tensor>> inputs = new ArrayList<>(List.of(SampleInputs.of(graph, 2, 0)));
    if (batched) {
      inputs.add(SampleInputs.of(graph, 3, 0));
    }
    List<Map<String, Tensor>> results = evaluator.runAll(exposed.graph(), inputs);
    Map<String, Tensor> two = results.get(0);
    Map<String, Tensor> three = results.get(results.size() - 1);
    Map<String, Value> values = new HashMap<>();
    exposed
        .probes()
        .forEach(
            (name, probe) -> {
              DataType type = result(two, probe.type()).type();
              shape(result(two, probe.shape()).longs(), result(three, probe.shape()).longs())
                  .ifPresent(shape -> values.put(name, new Value(name, type, shape)));
            });
    return graph.withValues(values);
  }

  private static Tensor result(Map<String, Tensor> results, String name) {
    return Optional.ofNullable(results.get(name))
        .orElseThrow(() -> new IllegalStateException("the runtime did not return " + name));
  }

  private static Optional<Shape> shape(long[] ofTwo, long[] ofThree) {
    if (ofTwo.length != ofThree.length) {
      return Optional.empty();
    }
    long[] dims = new long[ofTwo.length];
    for (int i = 0; i < dims.length; i++) {
      if (ofTwo[i] == ofThree[i]) {
        dims[i] = ofTwo[i];
      } else if (ofTwo[i] * 3 == ofThree[i] * 2) {
        dims[i] = -ofTwo[i] / 2;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(Shape.of(dims));
  }

  private record Probe(String shape, String type) {}

  /** The graph with shape and type of every unknown value as outputs. */
  private record Exposed(Graph graph, Map<String, Probe> probes) {

    static Exposed of(Graph graph) {
      String prefix = "probe:";
      Map<String, Tensor> constants = new LinkedHashMap<>(graph.constants());
      constants.put(prefix + "flat", Tensor.longs(-1));
      constants.put(prefix + "zero", Tensor.longs(0));
      List<Node> nodes = new ArrayList<>(graph.nodes());
      List<String> outputs = new ArrayList<>();
      Map<String, Probe> probes = new LinkedHashMap<>();
      for (Node node : graph.nodes()) {
        for (String value : node.outputs()) {
          if (!value.isEmpty() && graph.find(value).isEmpty()) {
            Probe probe =
                new Probe(prefix + probes.size() + ":shape", prefix + probes.size() + ":type");
            probes.put(value, probe);
            nodes.addAll(probing(value, probe, prefix));
            outputs.add(probe.shape());
            outputs.add(probe.type());
          }
        }
      }
      return new Exposed(
          Graph.of(graph.inputs(), outputs, nodes, constants, graph.values()), probes);
    }

    private static List<Node> probing(String value, Probe probe, String prefix) {
      String flat = probe.type() + ":flat";
      return List.of(
          node("Shape", probe.shape(), value),
          node("Reshape", flat, value, prefix + "flat"),
          node("Slice", probe.type(), flat, prefix + "zero", prefix + "zero"));
    }

    private static Node node(String op, String output, String... inputs) {
      return new Node(output, op, List.of(inputs), List.of(output), Attributes.none());
    }
  }
}
