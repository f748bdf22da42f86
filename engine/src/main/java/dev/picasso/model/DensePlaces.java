package dev.picasso.model;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import dev.picasso.model.layers.PlacesAlong;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The places of an output that has each class at several of them: rows and columns of a map.
 *
 * @param scores with the images along the first axis
 * @param axis of the classes
 */
record DensePlaces(Value scores, int axis, int height, int width) {
  /** Empty where each class has one place, or places lie along more than two axes. */
  static Optional<DensePlaces> of(Graph graph, Optional<InputSpec> image, Head head, ByImage raw) {
    Value scores = raw.value();
    List<Integer> others =
        IntStream.range(1, scores.rank()).filter(i -> i != raw.axis()).boxed().toList();
    List<Integer> several = others.stream().filter(i -> scores.dim(i) != 1).toList();
    if (several.stream().anyMatch(i -> scores.dim(i) < 1)) {
      return Optional.empty();
    }
    if (several.size() == 1 && others.size() != 2) {
      PlacesAlong.Size size = along(graph, image, head, scores, several.get(0));
      return Optional.of(new DensePlaces(scores, raw.axis(), size.height(), size.width()));
    }
    List<Integer> two = several.size() == 1 ? others : several;
    return two.size() == 2
        ? Optional.of(
            new DensePlaces(
                scores,
                raw.axis(),
                Math.toIntExact(scores.dim(two.get(0))),
                Math.toIntExact(scores.dim(two.get(1)))))
        : Optional.empty();
  }

  /** Those along one axis, which the graph may tell of where it has these scores as they are. */
  private static PlacesAlong.Size along(
      Graph graph, Optional<InputSpec> image, Head head, Value scores, int axis) {
    Shape own = graph.value(head.scores()).shape();
    boolean same =
        own.rank() > axis && own.dim(axis) == scores.dim(axis) && own.dim(0) == scores.dim(0);
    return same
        ? PlacesAlong.of(graph, image, head.scores(), axis)
        : new PlacesAlong.Size(1, Math.toIntExact(scores.dim(axis)));
  }

  /** What lies like the scores as a map, [N, classes, height, width]. */
  Value map(GraphBuilder g, Value value) {
    int[] order =
        IntStream.concat(
                IntStream.of(0, axis), IntStream.range(1, value.rank()).filter(i -> i != axis))
            .toArray();
    Value first = axis == 1 ? value : g.transpose(value, order);
    Shape shape = Shape.of(value.dim(0), value.dim(axis), height, width);
    return first.shape().equals(shape) ? first : g.reshape(first, shape);
  }
}
