package dev.picasso.gradient;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/**
 * The vector-Jacobian product of an operator for one of its inputs: emits ∂L/∂input, given dy =
 * ∂L/∂output, which has the shape of the first output. Where an input was broadcast, the walk sums
 * the result back to its shape.
 */
@FunctionalInterface
public interface Rule {
  Value gradient(GraphBuilder g, NodeView node, Value dy);

  /** A rule for operators whose inputs are all alike, such as Concat; i is the input's place. */
  @FunctionalInterface
  interface Indexed {
    Value gradient(GraphBuilder g, NodeView node, Value dy, int i);
  }

  /** A rule for operators with several outputs; it looks for the gradients on the node. */
  @FunctionalInterface
  interface Multiple {
    Value gradient(GraphBuilder g, NodeView node);
  }
}
