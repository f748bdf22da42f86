package dev.picasso.model.layers;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.model.output.Lookup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which layers are looked at unless others are named.
 *
 * @param stages from the image on
 */
record SpatialChoice(Optional<Layer> last, Optional<Layer> lastConvolution, List<Layer> stages) {
  /** How many layers stand for a model whose layers have one resolution. */
  private static final int DEPTHS = 4;

  static SpatialChoice of(Graph graph, List<Layer> layers, Trail trail) {
    List<Layer> spatial = onTrail(graph, layers, trail);
    List<Layer> before = spatial.stream().filter(l -> trail.weighed().contains(l.value())).toList();
    List<Layer> candidates = before.isEmpty() ? spatial : before;
    List<Layer> gates = candidates.stream().filter(l -> trail.gates().contains(l.value())).toList();
    Optional<Layer> last = lastOf(gates).or(() -> lastOf(candidates));
    Optional<Layer> convolution =
        lastOf(spatial.stream().filter(l -> isConvolution(graph, l)).toList());
    return new SpatialChoice(last, convolution, stages(gates, last));
  }

  /** Layers with several positions on the way, in its order; not what projects tokens. */
  private static List<Layer> onTrail(Graph graph, List<Layer> layers, Trail trail) {
    Map<String, Layer> byValue = new HashMap<>();
    layers.stream().filter(Layer::isSpatial).forEach(l -> byValue.putIfAbsent(l.value(), l));
    List<Layer> spatial = new ArrayList<>();
    for (String value : trail.order()) {
      Layer layer = byValue.get(value);
      if (layer != null && trail.learned().contains(value) && !isProjection(graph, layer)) {
        spatial.add(layer);
      }
    }
    return spatial;
  }

  /** Whether tokens are only multiplied by weights, as queries, keys and values are. */
  private static boolean isProjection(Graph graph, Layer layer) {
    if (layer.grid() instanceof Grid.Spatial) {
      return false;
    }
    Lookup look = new Lookup(graph);
    Optional<Node> maker = look.maker(layer.value());
    Optional<Node> product =
        maker
            .filter(n -> n.op().equals("Add"))
            .flatMap(
                n ->
                    look.isFixed(n.inputs().get(0))
                        ? look.maker(n, 1)
                        : look.isFixed(n.inputs().get(1)) ? look.maker(n, 0) : Optional.empty())
            .or(() -> maker);
    return product.filter(n -> Set.of("MatMul", "Gemm", "Einsum").contains(n.op())).isPresent();
  }

  private static boolean isConvolution(Graph graph, Layer layer) {
    return graph
        .producer(layer.value())
        .filter(n -> n.op().equals("Conv") || layer.kind().startsWith("Conv"))
        .isPresent();
  }

  private static Optional<Layer> lastOf(List<Layer> layers) {
    return layers.isEmpty() ? Optional.empty() : Optional.of(layers.get(layers.size() - 1));
  }

  private static List<Layer> stages(List<Layer> gates, Optional<Layer> last) {
    Map<List<Integer>, Layer> byResolution = new LinkedHashMap<>();
    for (Layer gate : gates) {
      List<Integer> resolution = List.of(gate.grid().height(), gate.grid().width());
      byResolution.remove(resolution);
      byResolution.put(resolution, gate);
    }
    if (byResolution.size() != 1) {
      return List.copyOf(byResolution.values());
    }
    List<Layer> depths = new ArrayList<>();
    for (int i = 1; i <= DEPTHS; i++) {
      Layer at = gates.get((gates.size() * i + DEPTHS - 1) / DEPTHS - 1);
      if (!depths.contains(at)) {
        depths.add(at);
      }
    }
    return depths;
  }
}
