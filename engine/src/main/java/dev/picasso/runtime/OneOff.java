package dev.picasso.runtime;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.pass.Evaluator;
import java.util.List;
import java.util.Map;

/** Runs graphs that run only once, such as the constant parts of a model: not optimized first. */
public final class OneOff implements Evaluator {
  @Override
  public List<Map<String, Tensor>> runAll(Graph graph, List<Map<String, Tensor>> inputs) {
    RuntimeOptions options = RuntimeOptions.defaults().withoutOptimization();
    try (CompiledGraph compiled = CompiledGraph.of(graph, options)) {
      return inputs.stream().map(compiled::run).toList();
    }
  }
}
