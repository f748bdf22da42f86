package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.model.InputSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The saliency map, ∂S_c/∂x with its channels reduced. Simonyan et al. 2013, arXiv 1312.6034; by
 * guided backpropagation, Springenberg et al. 2014, arXiv 1412.6806.
 */
public record Saliency(Gradients gradients, ChannelReduction reduction) {
  /** Gradients have the channels that maps have not; so many are held at once. */
  private static final int BATCH = 16;

  /**
   * A map for each target, in the frame of the model's input.
   *
   * @param x one image, a batch of one in the model's layout
   */
  public List<HeatMap> explain(Explainer model, Tensor x, List<Integer> targets) {
    return explain(model, x, targets, n -> {});
  }

  /**
   * The same, telling how far it is.
   *
   * @param done is told the number of maps finished so far; it may throw to stop
   */
  public List<HeatMap> explain(Explainer model, Tensor x, List<Integer> targets, IntConsumer done) {
    InputSpec input = model.imageInput();
    List<HeatMap> maps = new ArrayList<>();
    for (int from = 0; from < targets.size(); from += BATCH) {
      List<Integer> some = targets.subList(from, Math.min(targets.size(), from + BATCH));
      Tensor batch = Batches.joined(Collections.nCopies(some.size(), x));
      maps.addAll(reduction.maps(model.gradient(batch, some, Quantity.LOGITS, gradients), input));
      done.accept(maps.size());
    }
    return maps;
  }
}
