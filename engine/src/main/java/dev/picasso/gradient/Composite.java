package dev.picasso.gradient;

import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/**
 * A choice of rules that sees the graph before it chooses, so that a rule may be for "the first
 * convolution after the pixels" only. It is a value, an enum or a record: equal composites choose
 * the same rules, and what is derived with them may be kept under their name.
 *
 * <p>What depends on the pixels is asked of the graph's inputs and not of the values that are
 * differentiated by, so that a walk that stops at a layer hands it what a walk to the pixels would.
 */
public interface Composite {
  /**
   * The rules for the nodes of a graph.
   *
   * @throws DifferentiationException if the composite cannot be had for a graph of this kind
   */
  RuleSet rules(Graph graph);

  /**
   * What the walk starts with at a value.
   *
   * @param seed weights of the elements of {@code of}, such as a one-hot row that asks for a class
   * @return the seed itself for gradients; for relevance the value times the seed
   */
  default Value start(GraphBuilder g, Value of, Value seed) {
    return seed;
  }
}
