package dev.picasso.runtime;

import dev.picasso.Stop;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.pass.Evaluator;
import java.util.List;
import java.util.Map;

/**
 * Runs graphs that run only once, such as the constant parts of a model: not optimized first.
 *
 * @param stop ends the work early
 */
public record OneOff(Stop stop) implements Evaluator {
  /** For work that nobody stops. */
  public OneOff() {
    this(new Stop());
  }

  @Override
  public List<Map<String, Tensor>> runAll(Graph graph, List<Map<String, Tensor>> inputs) {
    stop.check();
    RuntimeOptions options = RuntimeOptions.defaults().withoutOptimization();
    try (CompiledGraph compiled = CompiledGraph.of(graph, options)) {
      return inputs.stream().map(i -> compiled.run(i, stop)).toList();
    }
  }
}
