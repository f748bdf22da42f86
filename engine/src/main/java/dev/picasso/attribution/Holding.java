package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import java.util.Map;

/** Explainers of one model whose inputs hold several things in turn. */
public final class Holding {
  private Holding() {}

  /**
   * An explainer of the same model that holds something else, compiled graphs included. Each is
   * closed by itself; sessions go with the last.
   *
   * @param held what the inputs hold that are not explained, one row each
   * @throws IllegalStateException if the explainer has been closed
   */
  public static Explainer of(Explainer explainer, Map<String, Tensor> held) {
    return explainer.holding(held);
  }
}
