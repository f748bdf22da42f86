package dev.picasso.graph.pass;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import java.util.Map;

/** Runs a graph once. Passes ask it for numbers, so that they know no runtime. */
@FunctionalInterface
public interface Evaluator {
  /**
   * The outputs of the graph, by name.
   *
   * @param inputs a tensor for each input of the graph
   * @throws dev.picasso.PicassoException if the graph cannot be run
   */
  Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs);
}
