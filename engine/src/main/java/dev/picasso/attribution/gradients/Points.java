package dev.picasso.attribution.gradients;

import dev.picasso.graph.Tensor;
import java.util.Optional;

/** Inputs at which the gradient is taken, in the place of an image. */
interface Points {
  int count();

  /**
   * Writes a point.
   *
   * @param i from 0 up, each asked for once and in order
   * @param point what the model is fed with, all numbers of an image
   * @param factor what the gradient there is multiplied by, of the same size; empty where the
   *     gradients are summed as they are
   */
  void write(int i, float[] point, float[] factor);

  /**
   * The direction, [1, …], in which the slope of the score is wanted at each point beside the sums.
   */
  default Optional<Tensor> way() {
    return Optional.empty();
  }

  /** How much the gradient at a point counts in the sums. */
  default double weight(int i) {
    return 1;
  }
}
