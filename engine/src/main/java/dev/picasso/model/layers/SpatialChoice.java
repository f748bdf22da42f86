package dev.picasso.model.layers;

import static java.util.Comparator.comparingInt;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.model.output.Lookup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

  /** Numbers of positions that differ by less than this factor are of one resolution. */
  private static final double ALIKE = 1.5;

  /** Operators that pick or reorder numbers and compute none. */
  private static final Set<String> PICKING =
      Set.of("Slice", "Split", "Gather", "DepthToSpace", "SpaceToDepth");

  /**
   * Chooses.
   *
   * @param folded values of folded layers, with those of the normalizations behind them
   */
  static SpatialChoice of(
      Graph graph, List<Layer> layers, Map<String, String> folded, Trail trail) {
    Search search = new Search(new Lookup(graph), layers, trail);
    List<Layer> spatial = search.spatial();
    List<Layer> before = spatial.stream().filter(l -> trail.weighed().contains(l.value())).toList();
    List<Layer> candidates = before.isEmpty() ? spatial : before;
    List<Layer> gates = candidates.stream().filter(l -> trail.gates().contains(l.value())).toList();
    Optional<Layer> last = lastOf(gates).or(() -> lastOf(candidates));
    Optional<Layer> convolution =
        layers.stream()
            .filter(l -> l.isSpatial() && isConvolution(l))
            .max(
                comparingInt(l -> trail.order().indexOf(folded.getOrDefault(l.value(), l.value()))))
            .filter(l -> trail.order().contains(folded.getOrDefault(l.value(), l.value())));
    List<Layer> stages = search.stages(gates.isEmpty() ? last.stream().toList() : gates);
    return new SpatialChoice(
        last.map(search::computing),
        convolution,
        stages.stream().map(search::computing).distinct().toList());
  }

  private static boolean isConvolution(Layer layer) {
    return layer.kind().toLowerCase(Locale.ROOT).contains("conv");
  }

  private static Optional<Layer> lastOf(List<Layer> layers) {
    return layers.isEmpty() ? Optional.empty() : Optional.of(layers.get(layers.size() - 1));
  }

  /** The layers with several positions, by their values. */
  private record Search(Lookup look, Map<String, Layer> byValue, Trail trail) {
    Search(Lookup look, List<Layer> layers, Trail trail) {
      this(look, new HashMap<>(), trail);
      layers.stream().filter(Layer::isSpatial).forEach(l -> byValue.putIfAbsent(l.value(), l));
    }

    /** Those on the way, in its order, but for what projects tokens or only pads. */
    List<Layer> spatial() {
      return trail.order().stream()
          .filter(trail.learned()::contains)
          .map(byValue::get)
          .filter(Objects::nonNull)
          .filter(l -> !isProjection(l) && !isPadding(l))
          .toList();
    }

    /** Whether tokens are only multiplied by weights, as queries, keys and values are. */
    private boolean isProjection(Layer layer) {
      if (layer.grid() instanceof Grid.Spatial) {
        return false;
      }
      Optional<Node> maker = look.maker(layer.value());
      Optional<Node> product =
          maker
              .filter(n -> n.op().equals("Add"))
              .flatMap(n -> look.maker(n, look.isFixed(n.inputs().get(0)) ? 1 : 0))
              .filter(n -> !isSum(layer))
              .or(() -> maker);
      return product.filter(n -> Set.of("MatMul", "Gemm", "Einsum").contains(n.op())).isPresent();
    }

    private boolean isPadding(Layer layer) {
      return look.maker(layer.value()).filter(n -> n.op().equals("Pad")).isPresent();
    }

    /** Whether two things that the model computes are added, as at the end of a residual block. */
    private boolean isSum(Layer layer) {
      return look.maker(layer.value())
          .filter(n -> n.op().equals("Add") && n.inputs().stream().noneMatch(look::isFixed))
          .isPresent();
    }

    /** The layer whose numbers another one has in another order, if it has the same positions. */
    private Layer computing(Layer layer) {
      return look.behind(layer.value(), n -> Lookup.onlyMoves(n) || PICKING.contains(n.op()))
          .map(n -> byValue.get(n.output()))
          .filter(l -> l.grid().height() == layer.grid().height())
          .filter(l -> l.grid().width() == layer.grid().width())
          .orElse(layer);
    }

    /** The last at each resolution; convolutions without padding take a pixel or two. */
    private List<Layer> stages(List<Layer> gates) {
      List<Layer> stages = new ArrayList<>();
      for (Layer gate : gates) {
        int at = stages.size() - 1;
        if (at >= 0 && areAlike(stages.get(at).grid(), gate.grid())) {
          stages.set(at, gate);
        } else {
          stages.add(gate);
        }
      }
      return stages.size() == 1 && gates.size() > 1 ? depths(gates) : stages;
    }

    private static boolean areAlike(Grid one, Grid other) {
      double ratio = one.positions() / (double) other.positions();
      return ratio * ALIKE > 1 && ratio < ALIKE;
    }

    /** Residual blocks at a few depths, and the last layer. */
    private List<Layer> depths(List<Layer> gates) {
      List<Layer> sums = gates.stream().filter(this::isSum).toList();
      List<Layer> depths = new ArrayList<>();
      for (int i = 1; i < DEPTHS && !sums.isEmpty(); i++) {
        depths.add(sums.get((sums.size() * i + DEPTHS - 1) / DEPTHS - 1));
      }
      depths.add(gates.get(gates.size() - 1));
      return depths;
    }
  }
}
