package dev.picasso.gradient;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Node;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * y = x · σ(x), known as SiLU or swish (Ramachandran et al. 2017), which files write as two nodes.
 * Its derivative by y and σ takes half as many products as the chain rule through both.
 *
 * @param x the name of its input
 * @param gate the sigmoid
 * @param y the name of the product
 */
record SelfGate(String x, Node gate, String y) {
  /** The node and its sigmoid, if it is such a product. */
  static Optional<SelfGate> of(Graph graph, Node product) {
    if (!product.op().equals("Mul") || !product.domain().isEmpty()) {
      return Optional.empty();
    }
    List<String> factors = product.inputs();
    return of(graph, product, factors.get(0), factors.get(1))
        .or(() -> of(graph, product, factors.get(1), factors.get(0)));
  }

  private static Optional<SelfGate> of(Graph graph, Node product, String x, String gate) {
    return graph
        .producer(gate)
        .filter(node -> node.op().equals("Sigmoid") && node.domain().isEmpty())
        .filter(node -> node.inputs().get(0).equals(x))
        .map(node -> new SelfGate(x, node, product.output()));
  }

  /** y′ = σ + x·σ·(1 − σ) = σ + y·(1 − σ), which is one where the sigmoid is. */
  Value gradient(GraphBuilder g, Value dy) {
    Value sigmoid = g.lookUp(gate.output());
    Value slope = g.add(sigmoid, g.mul(g.lookUp(y), Blocks.oneMinus(g, sigmoid)));
    return g.mul(dy, slope);
  }
}
