package dev.picasso.graph.pass;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.Map;

/** Runs graphs for passes that need numbers, so that passes know no runtime. */
@FunctionalInterface
public interface Evaluator {
  /**
   * The outputs of the graph, by name, for each of several sets of inputs.
   *
   * @param inputs a tensor for each input of the graph, for every run
   * @throws dev.picasso.PicassoException if the graph cannot be run
   */
  List<Map<String, Tensor>> runAll(Graph graph, List<Map<String, Tensor>> inputs);

  /** The outputs of one run. */
  default Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
    return runAll(graph, List.of(inputs)).get(0);
  }
}
