package dev.picasso.gradient;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The smallest and largest that the values between the pixels and the first layer can be: what the
 * graph makes of an image of lower bounds and of one of upper bounds. It only moves and scales
 * them.
 */
final class PixelBounds {
  /** Two values of the shape of what they bound, for one image. */
  record Pair(Value low, Value high) {}

  private final Graph graph;
  private final Dependence dependence;

  PixelBounds(Graph graph, Dependence dependence) {
    this.graph = graph;
    this.dependence = dependence;
  }

  /** The bounds of a value of the graph, for pixels with these for each channel, or one for all. */
  Pair at(GraphBuilder g, String value, List<Float> low, List<Float> high) {
    Value a = along(g, value, low, new HashMap<>());
    Value b = along(g, value, high, new HashMap<>());
    return new Pair(g.min(a, b), g.max(a, b));
  }

  private Value along(GraphBuilder g, String value, List<Float> pixels, Map<String, Value> made) {
    Optional<Value> input = graph.input(value);
    if (input.isPresent()) {
      return made.computeIfAbsent(value, name -> g.constant(image(input.get(), pixels)));
    }
    if (!dependence.varies(value)) {
      return g.lookUp(value);
    }
    if (!made.containsKey(value)) {
      Node node = graph.producer(value).orElseThrow();
      List<Optional<Value>> inputs =
          node.inputs().stream()
              .map(
                  name ->
                      name.isEmpty()
                          ? Optional.<Value>empty()
                          : Optional.of(along(g, name, pixels, made)))
              .toList();
      List<Value> outputs = g.emit(node.op(), node.attributes(), node.outputs().size(), inputs);
      for (int i = 0; i < outputs.size(); i++) {
        made.put(node.outputs().get(i), outputs.get(i));
      }
    }
    return Optional.ofNullable(made.get(value)).orElseThrow();
  }

  /** One image of the input's layout: channels at axis 1, or last where only that axis fits. */
  private static Tensor image(Value input, List<Float> pixels) {
    Shape shape = input.shape().withBatch(1);
    int axis = shape.dim(1) == pixels.size() ? 1 : shape.rank() - 1;
    if (pixels.size() > 1 && shape.dim(axis) != pixels.size()) {
      throw new UnsupportedGradientException(
          "there are bounds for "
              + pixels.size()
              + " channels, and the pixels are "
              + input.shape());
    }
    int inner = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      inner *= Math.toIntExact(shape.dim(i));
    }
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels.get(pixels.size() == 1 ? 0 : (i / inner) % pixels.size());
    }
    return Tensor.of(values, shape.dims()).as(input.type());
  }
}
