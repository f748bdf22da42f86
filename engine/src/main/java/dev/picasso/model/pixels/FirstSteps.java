package dev.picasso.model.pixels;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What becomes of pixels before a model's first convolution, or whatever mixes them first.
 *
 * @param last what that reads; the input itself where nothing stands before it
 * @param kernel the weights of the convolution [K, C, …], where one comes first
 * @param statistics of a batch normalization that comes before it, in terms of the input: the
 *     pixels that it read, and what it measured of them
 */
record FirstSteps(Pixels last, Optional<Tensor> kernel, Optional<Measured> statistics) {
  /** Operators that read shapes, not numbers. */
  private static final Set<String> SHAPES = Set.of("Shape", "Size");

  /** What a batch normalization measured of pixels. */
  record Measured(Pixels of, Statistics statistics) {}

  /** Follows an input through a graph. */
  static FirstSteps of(Graph graph, String input, Pixels pixels) {
    PixelOperators operators = new PixelOperators(graph);
    Map<String, Pixels> known = new HashMap<>();
    known.put(input, pixels);
    Optional<Measured> measured = Optional.empty();
    Optional<Node> mixing = Optional.empty();
    for (Node node : graph.nodes()) {
      Optional<String> read = node.inputs().stream().filter(known::containsKey).findFirst();
      if (read.isEmpty() || SHAPES.contains(node.op())) {
        continue;
      }
      Pixels x = known.getOrDefault(read.get(), pixels);
      Optional<List<Pixels>> made =
          node.op().equals("Concat")
              ? joined(graph, node, known).map(List::of)
              : operators.apply(node, node.inputs().indexOf(read.get()), x);
      if (made.isPresent()) {
        IntStream.range(0, Math.min(made.get().size(), node.outputs().size()))
            .forEach(i -> known.put(node.outputs().get(i), made.get().get(i)));
        measured = measured.or(() -> Statistics.of(graph, node, x).map(s -> new Measured(x, s)));
      } else if (mixing.isEmpty() || (!isConvolution(mixing.get()) && isConvolution(node))) {
        mixing = Optional.of(node);
      }
    }
    Pixels last =
        mixing
            .flatMap(n -> n.inputs().stream().filter(known::containsKey).findFirst())
            .map(known::get)
            .orElse(pixels);
    Optional<Tensor> kernel =
        mixing.filter(FirstSteps::isConvolution).flatMap(n -> graph.constant(n.inputs().get(1)));
    return new FirstSteps(last, kernel, measured);
  }

  private static boolean isConvolution(Node node) {
    return node.op().equals("Conv");
  }

  /** Channels put beside one another again. */
  private static Optional<Pixels> joined(Graph graph, Node node, Map<String, Pixels> known) {
    List<Pixels.Channel> channels = new ArrayList<>();
    int rank = graph.find(node.output()).map(Value::rank).orElse(1);
    int axis = Math.floorMod(node.attributes().integer("axis", 0), rank);
    for (String input : node.inputs()) {
      Pixels part = known.get(input);
      if (part == null || (part.axis() != axis && part.axis() >= 0)) {
        return Optional.empty();
      }
      channels.addAll(part.channels());
    }
    return Optional.of(new Pixels(axis, channels));
  }
}
