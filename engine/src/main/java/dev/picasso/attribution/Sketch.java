package dev.picasso.attribution;

import dev.picasso.gradient.Backpropagation;
import dev.picasso.gradient.Composite;
import dev.picasso.gradient.DifferentiationException;
import dev.picasso.gradient.Differentiator;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import dev.picasso.model.InputSpec;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.LayerChoice;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A graph of a model in which a map is drawn up: it holds the model, the number that is explained
 * and, as they are asked for, its gradients.
 */
public final class Sketch {
  private final Model model;
  private final Graph graph;
  private final GraphBuilder g;
  private final String of;
  private final Value seed;

  /**
   * @param graph of the model's scores; where a layer is looked at that is folded there, one in
   *     which it is not
   * @param g holds that graph
   * @param of the value whose elements, times the seed, sum to what is explained
   */
  Sketch(Model model, Graph graph, GraphBuilder g, String of, Value seed) {
    this.model = model;
    this.graph = graph;
    this.g = g;
    this.of = of;
    this.seed = seed;
  }

  /**
   * A sketch in a new graph: the model's, and {@link GradientGraphs#SEED}, which weighs a value.
   *
   * @param of the value whose elements, times the seed, sum to what is explained
   */
  public static Sketch of(Model model, String of) {
    return of(model, model.scores().graph(), of);
  }

  /** The same in another graph, which has all that the model's has. */
  public static Sketch of(Model model, Graph graph, String of) {
    GraphBuilder g = GraphBuilder.from(graph);
    Value weighed = g.lookUp(of);
    Value seed = g.input(GradientGraphs.SEED, weighed.type(), weighed.shape());
    return new Sketch(model, graph, g, of, seed);
  }

  public Model model() {
    return model;
  }

  /** Adds to the graph. */
  public GraphBuilder builder() {
    return g;
  }

  /** The graph of the model's scores, in which values have their names. */
  public Graph graph() {
    return graph;
  }

  /** The input that is explained, as fed. */
  public Value x() {
    return value(explained(model));
  }

  /** The name of the input that takes the images, or of the first. */
  public static String explained(Model model) {
    return model.input().map(InputSpec::name).orElseGet(() -> model.graph().inputs().get(0).name());
  }

  /** The name of the value whose elements, times {@link #seed}, sum to what is explained. */
  public String of() {
    return of;
  }

  /** The weights of that value's elements, of its shape: a row for each image. */
  public Value seed() {
    return seed;
  }

  /** A sketch in the same graph that explains another sum of the same value's elements. */
  public Sketch weighing(Value other) {
    return new Sketch(model, graph, g, of, other);
  }

  /** A value of the model's graph. */
  public Value value(String name) {
    return g.lookUp(name);
  }

  /** The layer that a setting means, with several positions. */
  public Layer layer(LayerChoice choice) {
    return ChosenLayer.spatial(model, choice);
  }

  /** What a layer holds, whatever its layout: [N, K, h, w]. */
  public Value activation(Layer layer) {
    return layer.grid().toGrid(g, value(layer.value()));
  }

  /** The gradient of what is explained by what a layer holds, [N, K, h, w]. */
  public Value gradient(Layer layer) {
    return layer.grid().toGrid(g, gradient(value(layer.value())));
  }

  /** What is explained, a number for each row: [N]. */
  public Value score() {
    return score(of);
  }

  /** The same of a value in the place of what the seed weighs. */
  public Value score(String value) {
    Value all = g.mul(value(value), seed);
    return g.sum(all, false, LongStream.range(1, all.rank()).toArray());
  }

  /** The gradient of what is explained by a value, of its shape. */
  public Value gradient(Value by) {
    return gradients(List.of(by.name())).get(0);
  }

  /** Gradients by several values, from one walk. */
  public List<Value> gradients(List<String> by) {
    return walkedBack(Backpropagation.PLAIN, by);
  }

  /**
   * What is walked back to several values by any rules, from one walk; for relevance the walk
   * starts with the score itself.
   *
   * @throws InapplicableException naming every operator on the way that has no rule
   */
  public List<Value> walkedBack(Composite rules, List<String> by) {
    try {
      Value start = rules.start(g, value(of), seed);
      return new Differentiator(rules.rules(graph())).gradients(g, graph(), of, start, by);
    } catch (DifferentiationException e) {
      throw new InapplicableException(String.valueOf(e.getMessage()), e);
    }
  }
}
