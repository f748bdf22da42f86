package dev.picasso.model.layers;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.model.output.Lookup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way from the image to the scores, as far as positions go: behind the last attention of a
 * transformer whose head reads the class token alone there is none left.
 *
 * @param order values on the way, in topological order; the image first
 * @param gates those that all of the way leads through, residual connections included
 * @param learned those that follow from the image by a product with weights
 * @param weighed those that a product with weights comes behind
 */
record Trail(List<String> order, Set<String> gates, Set<String> learned, Set<String> weighed) {
  private static final Set<String> PRODUCTS =
      Set.of("Conv", "ConvTranspose", "MatMul", "Gemm", "Einsum");

  /** Follows a graph. */
  static Trail of(Graph graph, String image, String scores, Demand demand) {
    Map<String, List<String>> steps = new HashMap<>();
    Set<String> reached = new HashSet<>(Set.of(image));
    Set<String> learned = new HashSet<>();
    List<String> order = new ArrayList<>(List.of(image));
    for (Node node : graph.nodes()) {
      for (int i = 0; i < node.inputs().size(); i++) {
        String from = node.inputs().get(i);
        if (reached.contains(from) && demand.needsPositions(node, i)) {
          for (String output : node.outputs()) {
            if (demand.needsPositions(output)) {
              reached.add(output);
              steps.computeIfAbsent(from, k -> new ArrayList<>()).add(output);
              if (learned.contains(from) || isWeighing(graph, node)) {
                learned.add(output);
              }
            } else if (demand.needs(output)) {
              steps.computeIfAbsent(from, k -> new ArrayList<>()).add(scores);
            }
          }
        }
      }
      node.outputs().stream().filter(reached::contains).forEach(order::add);
    }
    List<String> onWay = onWay(order, steps, scores);
    return new Trail(onWay, gates(onWay, steps, scores), learned, weighed(graph));
  }

  private static boolean isWeighing(Graph graph, Node node) {
    return PRODUCTS.contains(node.op())
        && node.inputs().stream().anyMatch(new Lookup(graph)::isFixed);
  }

  private static List<String> onWay(
      List<String> order, Map<String, List<String>> steps, String scores) {
    Set<String> leading = new HashSet<>(Set.of(scores));
    List<String> way = new ArrayList<>();
    for (int i = order.size() - 1; i >= 0; i--) {
      String value = order.get(i);
      if (steps.getOrDefault(value, List.of()).stream().anyMatch(leading::contains)) {
        leading.add(value);
      }
      if (leading.contains(value)) {
        way.add(value);
      }
    }
    Collections.reverse(way);
    return way;
  }

  /** Those that no step leads past. */
  private static Set<String> gates(
      List<String> order, Map<String, List<String>> steps, String scores) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      places.put(order.get(i), i);
    }
    places.put(scores, order.size());
    Set<String> gates = new HashSet<>();
    int farthest = 0;
    for (int i = 0; i < order.size(); i++) {
      if (farthest <= i) {
        gates.add(order.get(i));
      }
      for (String to : steps.getOrDefault(order.get(i), List.of())) {
        farthest = Math.max(farthest, places.getOrDefault(to, 0));
      }
    }
    return gates;
  }

  private static Set<String> weighed(Graph graph) {
    Set<String> weighed = new HashSet<>();
    for (int i = graph.nodes().size() - 1; i >= 0; i--) {
      Node node = graph.nodes().get(i);
      if (isWeighing(graph, node) || node.outputs().stream().anyMatch(weighed::contains)) {
        weighed.addAll(node.inputs());
      }
    }
    return weighed;
  }
}
