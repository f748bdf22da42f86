package dev.picasso.attribution;

import dev.picasso.model.Model;

/** Explainers of one model under several names. */
public final class Renamed {
  private Renamed() {}

  /**
   * An explainer of the same model under other names, compiled graphs included. Each is closed by
   * itself; sessions go with the last.
   *
   * @param renamed computes the same, value for value
   * @throws IllegalStateException if the explainer has been closed
   */
  public static Explainer of(Explainer explainer, Model renamed) {
    return explainer.renamed(renamed);
  }
}
