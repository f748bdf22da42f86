package dev.picasso.runtime;

import dev.picasso.graph.Graph;
import dev.picasso.graph.Node;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph whose largest matrices are inputs, which are handed over at every run.
 *
 * <p>ONNX Runtime copies constants into the session, and once more in the order that its matrix
 * product likes best. Inputs it reads where they lie. For the first dense layer of VGG-16, 411 MB,
 * that is all the difference: reading the matrix takes the time, not its order. Smaller matrices,
 * which a processor's cache can hold, stay constants.
 *
 * @param graph the same function with further inputs
 * @param matrices what these inputs are, by name
 */
record HugeMatrices(Graph graph, Map<String, Tensor> matrices) {
  private static final long HUGE = 64L << 20;

  private static final Set<String> PRODUCTS = Set.of("Gemm", "MatMul");

  /** The matrices that only products read; none is the usual case, and leaves the graph alone. */
  static HugeMatrices of(Graph graph) {
    Map<String, Tensor> matrices = new LinkedHashMap<>();
    graph
        .constants()
        .forEach(
            (name, tensor) -> {
              if (tensor.size() * tensor.type().bytes() >= HUGE) {
                matrices.put(name, tensor);
              }
            });
    matrices.keySet().removeAll(graph.outputs());
    for (Node node : graph.nodes()) {
      if (!PRODUCTS.contains(node.op())) {
        new HashSet<>(node.inputs()).forEach(matrices::remove);
      }
    }
    return matrices.isEmpty() ? new HugeMatrices(graph, Map.of()) : outside(graph, matrices);
  }

  private static HugeMatrices outside(Graph graph, Map<String, Tensor> matrices) {
    List<Value> inputs = new ArrayList<>(graph.inputs());
    matrices.forEach((name, t) -> inputs.add(new Value(name, t.type(), t.shape())));
    Map<String, Tensor> constants = new LinkedHashMap<>(graph.constants());
    constants.keySet().removeAll(matrices.keySet());
    return new HugeMatrices(
        Graph.of(inputs, graph.outputs(), graph.nodes(), constants, graph.values()), matrices);
  }
}
