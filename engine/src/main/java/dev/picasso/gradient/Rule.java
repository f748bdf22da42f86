package dev.picasso.gradient;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/**
 * What an operator hands back to one of its inputs, {@link NodeView#place}: emits it, given dy,
 * what arrived at the first output and has its shape. Of true gradients that is the vector-Jacobian
 * product, ∂L/∂input from ∂L/∂output. Where an input was broadcast, the walk sums the result back
 * to its shape.
 */
@FunctionalInterface
public interface Rule {
  Value gradient(GraphBuilder g, NodeView node, Value dy);

  /** A rule for operators with several outputs; it looks for the gradients on the node. */
  @FunctionalInterface
  interface Multiple {
    Value gradient(GraphBuilder g, NodeView node);
  }
}
