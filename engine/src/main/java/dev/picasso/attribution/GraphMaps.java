package dev.picasso.attribution;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the methods whose maps are graphs, and gives out their graphs. */
public final class GraphMaps {
  /** The output that holds the map. */
  public static final String MAP = "picasso/map";

  private GraphMaps() {}

  /**
   * A graph with the inputs of the model and {@link GradientGraphs#SEED}, and the output {@link
   * #MAP}.
   *
   * @param of the value that the seed weighs
   */
  private record ForAnySeed(GraphMethod method, String of) implements Derived {
    @Override
    public Graph graph(Model model) {
      Graph base = base(method, model);
      GraphBuilder g = GraphBuilder.from(base);
      Value weighed = g.lookUp(of);
      Value seed = g.input(GradientGraphs.SEED, weighed.type(), weighed.shape());
      Value map = method.map(new Sketch(model, base, g, of, seed));
      return g.build(g.named(g.identity(map), MAP));
    }
  }

  /** An explanation as a model of its own: x in; scores, probabilities and {@link #MAP} out. */
  public static Graph graph(GraphMethod method, Explainer explainer, Target target) {
    Model model = explainer.model();
    Seed seed = Seeds.of(model, target);
    Graph base = base(method, model);
    GraphBuilder g = GraphBuilder.from(base);
    Value weighed = g.lookUp(seed.value());
    Value weights = g.add(g.mul(weighed, 0), g.constant(seed.weights()));
    Value map = method.map(new Sketch(model, base, g, seed.value(), weights));
    return g.build(
        g.lookUp(model.scores().scores()),
        g.lookUp(model.scores().probabilities()),
        g.named(g.identity(map), MAP));
  }

  /** A graph that has the layer which the method looks at. */
  private static Graph base(GraphMethod method, Model model) {
    return method
        .layer(model)
        .map(layer -> model.layers().graphWith(layer))
        .orElseGet(() -> model.scores().graph());
  }

  static Maps explain(
      GraphMethod method, Explainer explainer, Images x, List<Target> targets, Progress progress) {
    List<Seed> seeds = Seeds.of(explainer, x, targets);
    List<Tensor> parts = new ArrayList<>();
    for (int from = 0; from < x.size(); ) {
      Derived program = new ForAnySeed(method, seeds.get(from).value());
      int to = Math.min(Seeds.alike(seeds, from), from + explainer.batch(program));
      List<Tensor> weights = seeds.subList(from, to).stream().map(Seed::weights).toList();
      Map<String, Tensor> out =
          explainer.run(
              program, x.tensor(from, to), Map.of(GradientGraphs.SEED, Batches.joined(weights)));
      parts.add(Explainer.floats(out, MAP));
      progress.done((double) to / x.size());
      from = to;
    }
    Tensor all = Batches.joined(parts);
    return method.signed()
        ? Maps.signed(all, method.frame(), method.meaning())
        : Maps.unsigned(all, method.frame(), method.meaning());
  }
}
