package dev.picasso.attribution;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
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
      Graph base = method.basis(model);
      GraphBuilder g = GraphBuilder.from(base);
      Value weighed = g.lookUp(of);
      Value seed = g.input(GradientGraphs.SEED, weighed.type(), weighed.shape());
      Value map = method.map(new Sketch(model, base, g, of, seed));
      return g.build(g.named(g.identity(map), MAP));
    }
  }

  /**
   * A sketch of the map of one target.
   *
   * @param graph has all that the model's graph of its scores has
   * @throws InapplicableException if the model cannot have the target
   */
  public static Sketch sketch(Model model, Graph graph, Target target) {
    Seed seed = Seeds.of(model, target);
    GraphBuilder g = GraphBuilder.from(graph);
    Value weights = g.add(g.mul(g.lookUp(seed.value()), 0), g.constant(seed.weights()));
    return new Sketch(model, graph, g, seed.value(), weights);
  }

  /**
   * An explanation as a model of its own: what the model has as inputs in; scores, probabilities
   * and the map out.
   *
   * @param name of the map among the outputs
   */
  public static Graph finished(Sketch sketch, Value map, String name) {
    GraphBuilder g = sketch.builder();
    return g.build(
        g.lookUp(sketch.model().scores().scores()),
        g.lookUp(sketch.model().scores().probabilities()),
        g.named(g.identity(map), name));
  }

  static Maps explain(
      GraphMethod method, Explainer explainer, Images x, List<Target> targets, Progress progress) {
    Questions questions = Questions.of(explainer, x, targets);
    Tensor[] maps = new Tensor[x.size()];
    int done = 0;
    for (Askings alike : Askings.of(x, questions)) {
      Derived program = new ForAnySeed(method, alike.value());
      for (Askings piece : alike.pieces(explainer.batch(program))) {
        List<Map<String, Tensor>> asked = piece.seeds(questions);
        List<Map<String, Tensor>> outputs =
            explainer.run(program, piece.images(x), Map.of(), asked);
        for (int i = 0; i < outputs.size(); i++) {
          Tensor all = Explainer.floats(outputs.get(i), MAP);
          for (int n = 0; n < piece.rows().size(); n++) {
            maps[piece.rows().get(n).get(i)] = Batches.rows(all, n, n + 1);
          }
        }
        done += piece.rows().size() * outputs.size();
        progress.done((double) done / x.size());
      }
    }
    Tensor all = Batches.joined(List.of(maps));
    Maps made =
        method.signed()
            ? Maps.signed(all, method.frame(), method.meaning())
            : Maps.unsigned(all, method.frame(), method.meaning());
    return method.positions(explainer.model()).map(made::at).orElse(made);
  }
}
