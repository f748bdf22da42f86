package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model says of a batch.
 *
 * @param scores before the final activation, [N, targets]
 * @param probabilities after it, [N, targets]
 */
public record Predictions(Tensor scores, Tensor probabilities) {
  /** The probability of a target for image n. */
  public float probability(int n, int target) {
    return probabilities.floatBuffer().get(n * targets() + target);
  }

  public float score(int n, int target) {
    return scores.floatBuffer().get(n * targets() + target);
  }

  public int targets() {
    return (int) scores.shape().dim(1);
  }

  /**
   * The k most probable targets of image n, best first; ties in order of the targets. Those whose
   * probability is NaN come last.
   */
  public List<Integer> top(int n, int k) {
    return IntStream.range(0, targets())
        .boxed()
        .sorted((a, b) -> Float.compare(rank(n, b), rank(n, a)))
        .limit(k)
        .toList();
  }

  private float rank(int n, int target) {
    float probability = probability(n, target);
    return Float.isNaN(probability) ? Float.NEGATIVE_INFINITY : probability;
  }
}
