package dev.picasso.runtime;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.pass.Evaluator;
import java.util.Map;

/** Runs graphs that run only once, such as the constant parts of a model: not optimized first. */
public final class OneOff implements Evaluator {
  @Override
  public Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
    RuntimeOptions options = RuntimeOptions.defaults().withoutOptimization();
    try (CompiledGraph compiled = CompiledGraph.of(graph, options)) {
      return compiled.run(inputs);
    }
  }
}
