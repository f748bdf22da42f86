package dev.picasso.attribution.gradients;

import dev.picasso.attribution.GraphMaps;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Sketch;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** Integrated gradients as one graph: all points of the way are images of one batch. */
final class WholePath {
  private static final String PATH = "picasso/path/";

  private WholePath() {}

  /**
   * x in; scores, probabilities and the map out. It takes the memory of as many images as the rule
   * has points, for each image that it is given.
   *
   * @param baseline [1, …], of the shape of x
   * @throws InapplicableException if the model takes a fixed number of images, or several inputs
   */
  static Graph of(Model model, Target target, Quadrature.Rule rule, Tensor baseline) {
    Graph forward = model.scores().graph();
    Value x = forward.value(Sketch.explained(model));
    if (x.dim(0) >= 0 || forward.inputs().size() > 1) {
      throw new InapplicableException(
          model.title()
              + " takes a fixed number of images or has several inputs, so that integrated"
              + " gradients cannot be one graph; 'picasso attribute' computes them.");
    }
    // The last point is the image itself, for its scores.
    int points = rule.points().length + 1;
    Graph along = along(forward, x, places(rule), baseline);
    Sketch sketch = GraphMaps.sketch(model, along, target);
    GraphBuilder g = sketch.builder();
    Value gradients = sketch.gradient(g.lookUp(PATH + x.name()));
    Value each = split(g, gradients, points, Arrays.copyOfRange(x.shape().dims(), 1, x.rank()));
    Value weighed = g.mul(each, column(g, weights(rule), x.rank()));
    Value map = g.mul(g.sum(weighed, false, 1), g.lookUp(PATH + "way"));
    String scores = model.scores().scores();
    String probabilities = model.scores().probabilities();
    Graph graph =
        g.build(
            atImage(g, g.lookUp(scores), points),
            atImage(g, g.lookUp(probabilities), points),
            g.named(g.identity(map), GraphMaps.MAP));
    return renamed(
        graph,
        Map.of(
            scores,
            PATH + scores,
            probabilities,
            PATH + probabilities,
            graph.outputs().get(0),
            scores,
            graph.outputs().get(1),
            probabilities));
  }

  /**
   * Shapes of values inside are left unsaid: a file has one name for the length of the batch, and
   * this graph has two such lengths.
   */
  private static Graph renamed(Graph graph, Map<String, String> names) {
    UnaryOperator<String> now = name -> names.getOrDefault(name, name);
    Map<String, Value> values = new HashMap<>();
    for (String output : graph.outputs()) {
      Value v = graph.value(output);
      values.put(now.apply(output), new Value(now.apply(output), v.type(), v.shape()));
    }
    List<Node> nodes =
        graph.nodes().stream()
            .map(
                n ->
                    new Node(
                        n.name(),
                        n.domain(),
                        n.op(),
                        n.inputs().stream().map(now).toList(),
                        n.outputs().stream().map(now).toList(),
                        n.attributes()))
            .toList();
    return Graph.of(
        graph.inputs(),
        graph.outputs().stream().map(now).toList(),
        nodes,
        graph.constants(),
        values);
  }

  /** The model's graph on the points of the way in the place of x. */
  private static Graph along(Graph forward, Value x, float[] places, Tensor baseline) {
    GraphBuilder g = new GraphBuilder();
    forward.constants().forEach(g::constant);
    Value image = g.input(x.name(), x.type(), x.shape());
    Value start = g.constant(PATH + "start", baseline);
    Value way = g.scoped(PATH, () -> g.sub(image, start));
    g.named(way, PATH + "way");
    Value batch =
        g.scoped(
            PATH,
            () -> {
              Value steps = g.mul(g.unsqueeze(way, 1), column(g, places, x.rank()));
              return g.reshape(g.add(g.unsqueeze(start, 1), steps), x.shape());
            });
    g.named(batch, PATH + x.name());
    for (Node node : forward.nodes()) {
      List<String> inputs =
          node.inputs().stream().map(i -> i.equals(x.name()) ? PATH + i : i).toList();
      Node renamed =
          new Node(
              node.name(), node.domain(), node.op(), inputs, node.outputs(), node.attributes());
      g.add(renamed, node.outputs().stream().flatMap(o -> forward.find(o).stream()).toList());
    }
    return g.build(forward.outputs().stream().map(g::lookUp).toList());
  }

  private static float[] places(Quadrature.Rule rule) {
    float[] places = new float[rule.points().length + 1];
    for (int i = 0; i < rule.points().length; i++) {
      places[i] = (float) rule.points()[i];
    }
    places[places.length - 1] = 1;
    return places;
  }

  private static float[] weights(Quadrature.Rule rule) {
    float[] weights = new float[rule.weights().length + 1];
    for (int i = 0; i < rule.weights().length; i++) {
      weights[i] = (float) rule.weights()[i];
    }
    return weights;
  }

  /** Numbers as [1, points, 1, …], to go with [N, points, …]. */
  private static Value column(GraphBuilder g, float[] numbers, int rank) {
    long[] dims = new long[rank + 1];
    Arrays.fill(dims, 1);
    dims[1] = numbers.length;
    return g.constant(Tensor.of(numbers, dims));
  }

  /** [N, points, …] of [N · points, …]. */
  private static Value split(GraphBuilder g, Value value, long points, long... one) {
    long[] dims = LongStream.concat(LongStream.of(-1, points), LongStream.of(one)).toArray();
    return g.shaped(
        "Reshape", Attributes.none(), value.type(), Shape.of(dims), value, g.longs(dims));
  }

  /** [N, K] of the last point of each image, from [N · points, K]. */
  private static Value atImage(GraphBuilder g, Value scores, int points) {
    Value each = split(g, scores, points, scores.dim(1));
    return g.squeeze(g.slice(each, 1, points - 1, points), 1);
  }
}
