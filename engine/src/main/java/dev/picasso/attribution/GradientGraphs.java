package dev.picasso.attribution;

import dev.picasso.gradient.Differentiator;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import java.util.List;

/** Derived graphs that compute scores and their gradients by the input in one run. */
public final class GradientGraphs {
  /**
   * The input that says which targets are asked for: [N, targets], a one-hot row for each image.
   */
  public static final String SEED = "picasso/seed";

  /** The output ∂(Σ seed · quantity)/∂input, in the layout of the model file. */
  public static final String GRADIENT = "picasso/gradient";

  private GradientGraphs() {}

  /** A graph with inputs x and {@link #SEED} and outputs scores, probabilities, gradient. */
  public static Graph forAnyTarget(Model model, String input, Quantity of, Gradients gradients) {
    GraphBuilder g = GraphBuilder.from(model.scores().graph());
    Value scores = g.lookUp(model.scores().scores());
    Value seed = g.input(SEED, scores.type(), scores.shape());
    return withGradient(g, model, input, of, gradients, seed);
  }

  /**
   * A graph with inputs x and {@link #SEED} and one output, the gradient by the output of a layer,
   * in the layout that the layer has in the model's file.
   */
  public static Graph byLayer(Model model, Layer layer, Quantity of) {
    Graph graph = model.layers().graphWith(layer);
    GraphBuilder g = GraphBuilder.from(graph);
    Value scores = g.lookUp(model.scores().scores());
    Value seed = g.input(SEED, scores.type(), scores.shape());
    Value gradient =
        new Differentiator(Gradients.PLAIN.rules().rules(graph))
            .gradients(g, graph, quantity(model, of), seed, List.of(layer.value()))
            .get(0);
    return g.build(g.named(g.identity(layer.inFileLayout(g, gradient)), GRADIENT));
  }

  /** An explanation as a model of its own: x in, scores, probabilities and gradient out. */
  public static Graph forTarget(
      Model model, String input, Quantity of, Gradients gradients, int target) {
    GraphBuilder g = GraphBuilder.from(model.scores().graph());
    Value scores = g.lookUp(model.scores().scores());
    float[] row = new float[model.scores().targets()];
    row[target] = 1;
    Value seed = g.add(g.mul(scores, 0), g.constant(Tensor.of(row, 1, row.length)));
    return withGradient(g, model, input, of, gradients, seed);
  }

  private static Graph withGradient(
      GraphBuilder g, Model model, String input, Quantity of, Gradients kind, Value seed) {
    Graph graph = model.scores().graph();
    Value gradient =
        new Differentiator(kind.rules().rules(graph))
            .gradients(g, graph, quantity(model, of), seed, List.of(input))
            .get(0);
    return g.build(
        g.lookUp(model.scores().scores()),
        g.lookUp(model.scores().probabilities()),
        g.named(g.identity(gradient), GRADIENT));
  }

  private static String quantity(Model model, Quantity of) {
    return of == Quantity.LOGITS ? model.scores().scores() : model.scores().probabilities();
  }

  /** One-hot rows for a batch, target by target. */
  public static Tensor seed(int targets, List<Integer> wanted) {
    float[] rows = new float[targets * wanted.size()];
    for (int n = 0; n < wanted.size(); n++) {
      rows[n * targets + wanted.get(n)] = 1;
    }
    return Tensor.of(rows, wanted.size(), targets);
  }
}
