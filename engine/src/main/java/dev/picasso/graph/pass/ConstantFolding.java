package dev.picasso.graph.pass;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Computes once what is the same in every run: all that follows from constants, and all that
 * follows from shapes and does not change with the batch. The latter is tried out with batches of
 * several sizes, which needs no rule for any operator.
 */
public final class ConstantFolding {
  /** Results above this, in bytes, stay computed when they are larger than what they come from. */
  private static final long LARGE = 4 << 20;

  private static final long[] BATCHES = {1, 2, 3, 7};

  private static final Set<String> EXPANDING = Set.of("ConstantOfShape", "Expand", "Tile", "Range");

  /** What the runtime fuses only where it stands. */
  private static final Set<String> LEFT_ALONE = Set.of("QuantizeLinear", "DequantizeLinear");

  private final Evaluator evaluator;

  public ConstantFolding(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** The same graph with less to compute. */
  public Graph apply(Graph graph, Collection<String> keep) {
    Graph once = fold(graph, keep, Map.of());
    Map<String, Node> shapes = new LinkedHashMap<>();
    for (Node node : once.nodes()) {
      boolean asksShape = node.op().equals("Shape") || node.op().equals("Size");
      if (asksShape && once.find(node.inputs().get(0)).isPresent()) {
        shapes.put(node.output(), node);
      }
    }
    return shapes.isEmpty() ? once : fold(once, keep, shapes);
  }

  private Graph fold(Graph graph, Collection<String> keep, Map<String, Node> shapes) {
    List<Node> foldable = foldable(graph, shapes.keySet());
    List<String> results = new ArrayList<>(shapes.keySet());
    foldable.forEach(n -> n.outputs().stream().filter(o -> !o.isEmpty()).forEach(results::add));
    if (results.isEmpty()) {
      return graph;
    }
    List<Map<String, Tensor>> runs = new ArrayList<>();
    for (long batch : shapes.isEmpty() ? new long[] {1} : BATCHES) {
      runs.add(run(graph, foldable, shapes, batch, results));
    }
    GraphEdit edit = new GraphEdit(graph);
    Set<String> folded = new HashSet<>();
    for (String result : results) {
      same(runs, result)
          .ifPresent(
              tensor -> {
                edit.makeConstant(result, tensor);
                folded.add(result);
              });
    }
    for (Node node : graph.nodes()) {
      if (!node.outputs().stream().allMatch(o -> o.isEmpty() || folded.contains(o))) {
        edit.add(node);
      }
    }
    return edit.build(keep);
  }

  /** Nodes that follow from constants and the given values alone, in order. */
  private static List<Node> foldable(Graph graph, Set<String> known) {
    Set<String> fixed = new HashSet<>(graph.constants().keySet());
    fixed.addAll(known);
    fixed.add("");
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (!node.inputs().isEmpty()
          && fixed.containsAll(node.inputs())
          && !known.contains(node.output())
          && !LEFT_ALONE.contains(node.op())
          && !Randomness.draws(node)
          && !isLarge(graph, node)) {
        nodes.add(node);
        fixed.addAll(node.outputs());
      }
    }
    return nodes;
  }

  private static boolean isLarge(Graph graph, Node node) {
    if (!EXPANDING.contains(node.op())) {
      return false;
    }
    Optional<Value> value = graph.find(node.output());
    if (value.isEmpty()) {
      return true;
    }
    return value.get().shape().withBatch(7).size() * value.get().type().bytes() > LARGE;
  }

  private Map<String, Tensor> run(
      Graph graph,
      List<Node> foldable,
      Map<String, Node> shapes,
      long batch,
      List<String> results) {
    Map<String, Tensor> constants = new LinkedHashMap<>(graph.constants());
    shapes.forEach((name, node) -> constants.put(name, shape(graph, node, batch)));
    List<String> computed = results.stream().filter(r -> !shapes.containsKey(r)).toList();
    Map<String, Tensor> values = new HashMap<>();
    shapes.keySet().forEach(s -> values.put(s, constants.get(s)));
    if (!computed.isEmpty()) {
      Graph small =
          Graph.of(List.of(), List.of(), foldable, constants, Map.of()).withOutputs(computed);
      values.putAll(evaluator.run(small, Map.of()));
    }
    return values;
  }

  private static Tensor shape(Graph graph, Node node, long batch) {
    Shape shape = graph.value(node.inputs().get(0)).shape().withBatch(batch);
    if (node.op().equals("Size")) {
      return Tensor.scalar(shape.size());
    }
    Attributes attributes = node.attributes();
    int rank = shape.rank();
    int start = bound(attributes.integer("start", 0), rank);
    int end = bound(attributes.integer("end", rank), rank);
    return Tensor.longs(LongStream.of(shape.dims()).limit(end).skip(start).toArray());
  }

  private static int bound(long axis, int rank) {
    return (int) Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  /** The result, if it came out the same in all runs. */
  private static Optional<Tensor> same(List<Map<String, Tensor>> runs, String name) {
    Tensor first = runs.get(0).get(name);
    for (Map<String, Tensor> run : runs) {
      Tensor tensor = run.get(name);
      if (first == null
          || tensor == null
          || !tensor.shape().equals(first.shape())
          || !tensor.bytes().equals(first.bytes())) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(first);
  }
}
