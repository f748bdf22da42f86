package dev.picasso.model.layers;

import dev.picasso.format.LayerInfo;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the constants that were learnt: what the image's values are multiplied by in convolutions
 * and products, and what normalizations, scales and shifts behind the first of those read. So the
 * scale and shift of the pixels are none. Nor is a constant of at most two different numbers, such
 * as a mask.
 */
final class WeightSearch {
  private static final Set<String> PRODUCTS =
      Set.of("Conv", "ConvTranspose", "MatMul", "Gemm", "Einsum", "LSTM", "GRU", "RNN");

  private static final Set<String> NORMALIZATIONS =
      Set.of(
          "BatchNormalization",
          "LayerNormalization",
          "InstanceNormalization",
          "GroupNormalization");

  private static final Set<String> OTHERS = Set.of("Add", "Sub", "Mul", "Div", "PRelu");

  /** How far behind a product the value is looked for that bears its layer's name. */
  private static final int NEAR = 8;

  private final Graph graph;
  private final Map<String, String> names = new HashMap<>();

  /**
   * A search.
   *
   * @param folded values of folded products, with those of the normalizations behind them
   */
  WeightSearch(Graph graph, List<LayerInfo> infos, Map<String, String> folded) {
    this.graph = graph;
    infos.forEach(i -> names.putIfAbsent(i.value(), i.name()));
    infos.stream()
        .filter(i -> folded.containsKey(i.value()))
        .forEach(i -> names.put(folded.get(i.value()), i.name()));
  }

  /** The layers between two values, in the order in which they are computed. */
  List<Weighted> from(String image, String scores) {
    Graph needed = graph.withOutputs(List.of(scores));
    Map<String, List<Node>> readers = graph.consumers();
    Set<String> reached = new HashSet<>(Set.of(image));
    Set<String> seen = new HashSet<>();
    List<Weighted> layers = new ArrayList<>();
    for (Node node : needed.nodes()) {
      if (node.inputs().stream().noneMatch(reached::contains)) {
        continue;
      }
      reached.addAll(node.outputs());
      boolean ownLayer = PRODUCTS.contains(node.op()) || NORMALIZATIONS.contains(node.op());
      if (ownLayer || (OTHERS.contains(node.op()) && !layers.isEmpty())) {
        List<String> learnt = learnt(node).stream().filter(seen::add).toList();
        if (ownLayer && !learnt.isEmpty()) {
          layers.add(new Weighted(name(node, readers), learnt));
        } else if (!learnt.isEmpty() && !layers.isEmpty()) {
          int last = layers.size() - 1;
          layers.set(last, layers.get(last).with(learnt));
        }
      }
    }
    return layers;
  }

  private String name(Node node, Map<String, List<Node>> readers) {
    Optional<String> own = Optional.ofNullable(names.get(node.output()));
    Node at = node;
    for (int i = 0; i < NEAR && own.isEmpty(); i++) {
      List<Node> next = readers.getOrDefault(at.output(), List.of());
      own =
          next.stream()
              .filter(n -> !PRODUCTS.contains(n.op()) && names.containsKey(n.output()))
              .map(n -> names.get(n.output()))
              .findFirst();
      if (next.size() != 1 || PRODUCTS.contains(next.get(0).op())) {
        break;
      }
      at = next.get(0);
    }
    return own.orElse(node.name().isEmpty() ? node.output() : node.name());
  }

  private List<String> learnt(Node node) {
    List<String> learnt = new ArrayList<>();
    node.inputs().forEach(input -> collect(input, learnt, 4));
    return learnt;
  }

  /** Constants, also behind operations that read nothing else. */
  private void collect(String value, List<String> found, int steps) {
    Optional<Tensor> constant = graph.constant(value);
    if (constant.isPresent()) {
      if (isLearnt(constant.get())) {
        found.add(value);
      }
      return;
    }
    Optional<Node> maker = graph.producer(value).filter(n -> steps > 0 && isFixed(n, steps));
    maker.ifPresent(n -> n.inputs().forEach(input -> collect(input, found, steps - 1)));
  }

  private boolean isFixed(Node node, int steps) {
    return node.inputs().stream()
        .allMatch(
            i ->
                i.isEmpty()
                    || graph.constant(i).isPresent()
                    || graph
                        .producer(i)
                        .filter(n -> steps > 0 && isFixed(n, steps - 1))
                        .isPresent());
  }

  private static boolean isLearnt(Tensor tensor) {
    if (tensor.type() != DataType.FLOAT || tensor.size() < 2) {
      return false;
    }
    FloatBuffer numbers = tensor.floatBuffer();
    float first = numbers.get(0);
    float second = first;
    for (int i = 1; i < numbers.limit(); i++) {
      float number = numbers.get(i);
      if (number != first && number != second) {
        if (second != first) {
          return true;
        }
        second = number;
      }
    }
    return false;
  }
}
