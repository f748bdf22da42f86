package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
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

  /**
   * The first k that people are told of image n: the most probable classes, or where a model's
   * outputs are numbers those that come first in its file.
   */
  public List<Integer> told(Model model, int n, int k) {
    return model.tellsNumbers()
        ? IntStream.range(0, Math.min(k, model.shownTargets())).boxed().toList()
        : top(n, k);
  }

  private float rank(int n, int target) {
    float probability = probability(n, target);
    return Float.isNaN(probability) ? Float.NEGATIVE_INFINITY : probability;
  }
}
