package dev.picasso.docs.methods;

import dev.picasso.attribution.Derived;
import dev.picasso.attribution.GradientGraphs;
import dev.picasso.attribution.Sketch;
import dev.picasso.gradient.Lrp;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What the ε-rule hands to the biases of convolutions and dense layers: b R / (z + ε sign z) of
 * each unit, where z is what it makes, with its bias, and R its relevance.
 */
final class BiasRelevance {
  private static final double EPSILON = 1e-6;
  private static final String SUM = "picasso/sum";

  private BiasRelevance() {}

  /** A bias, as it lies over what the node puts out. */
  private record Bias(String output, Value bias) {}

  private record Program() implements Derived {
    @Override
    public Graph graph(Model model) {
      Sketch sketch = Sketch.of(model, model.scores().scores());
      GraphBuilder g = sketch.builder();
      List<Bias> biases = biases(g, sketch.graph());
      List<String> outputs = biases.stream().map(Bias::output).toList();
      List<Value> relevance = sketch.walkedBack(Lrp.epsilon(), outputs);
      List<Value> sums = new ArrayList<>();
      for (int i = 0; i < biases.size(); i++) {
        Value z = sketch.value(outputs.get(i));
        Value sign =
            g.where(g.less(z, g.scalarLike(z, 0)), g.scalarLike(z, -1), g.scalarLike(z, 1));
        Value share = g.div(biases.get(i).bias(), g.add(z, g.mul(sign, EPSILON)));
        Value taken = g.mul(relevance.get(i), share);
        sums.add(g.sum(taken, false, LongStream.range(1, taken.rank()).toArray()));
      }
      Value all = sums.stream().reduce(g::add).orElseThrow();
      return g.build(g.named(g.identity(all), SUM));
    }
  }

  static double of(Trial trial) {
    Model model = trial.model().model();
    Tensor seed = GradientGraphs.seed(model.scores().targets(), List.of(trial.target()));
    Map<String, Tensor> sum =
        trial
            .model()
            .explainer()
            .run(new Program(), trial.image().prepared().x(), Map.of(GradientGraphs.SEED, seed));
    return Objects.requireNonNull(sum.get(SUM)).floats()[0];
  }

  private static List<Bias> biases(GraphBuilder g, Graph graph) {
    List<Bias> biases = new ArrayList<>();
    for (Node node : graph.nodes()) {
      bias(g, graph, node).ifPresent(b -> biases.add(new Bias(node.output(), b)));
    }
    return biases;
  }

  private static Optional<Value> bias(GraphBuilder g, Graph graph, Node node) {
    return switch (node.op()) {
      case "Conv" ->
          node.hasInput(2)
              ? Optional.of(g.reshape(g.lookUp(node.inputs().get(2)), 1, -1, 1, 1))
              : Optional.empty();
      case "Gemm" ->
          node.hasInput(2) ? Optional.of(g.lookUp(node.inputs().get(2))) : Optional.empty();
      case "Add" -> added(g, graph, node);
      default -> Optional.empty();
    };
  }

  /** A constant that is added to what a layer of weights makes; what normalizes pixels is none. */
  private static Optional<Value> added(GraphBuilder g, Graph graph, Node node) {
    for (int i = 0; i < 2; i++) {
      boolean weighed =
          graph
              .producer(node.inputs().get(1 - i))
              .filter(p -> List.of("MatMul", "Conv", "Gemm").contains(p.op()))
              .isPresent();
      if (weighed && graph.constant(node.inputs().get(i)).isPresent()) {
        return Optional.of(g.lookUp(node.inputs().get(i)));
      }
    }
    return Optional.empty();
  }
}
