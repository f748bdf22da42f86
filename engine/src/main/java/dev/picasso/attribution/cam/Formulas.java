package dev.picasso.attribution.cam;

import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;

/** What the formulas of class activation maps have in common. */
final class Formulas {
  private Formulas() {}

  /**
   * Σ_k w_k A^k.
   *
   * @param weights [N, K, 1, 1]
   * @param a [N, K, h, w]
   * @return [N, h, w]
   */
  static Value weighted(GraphBuilder g, Value weights, Value a) {
    return g.sum(g.mul(weights, a), false, 1);
  }

  /** a / b, and 0 where b is 0. */
  static Value over(GraphBuilder g, Value a, Value b) {
    Value none = g.equal(b, g.scalarLike(b, 0));
    Value ratio = g.div(a, g.where(none, g.scalarLike(b, 1), b));
    return g.where(none, g.scalarLike(a, 0), ratio);
  }
}
