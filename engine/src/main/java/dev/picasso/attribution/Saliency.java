package dev.picasso.attribution;

import dev.picasso.graph.Tensor;
import dev.picasso.image.HeatMap;
import dev.picasso.model.InputSpec;
import java.util.Collections;
import java.util.List;

/**
 * The saliency map, ∂S_c/∂x with its channels reduced. Simonyan et al. 2013, arXiv 1312.6034; by
 * guided backpropagation, Springenberg et al. 2014, arXiv 1412.6806.
 */
public record Saliency(Gradients gradients, ChannelReduction reduction) {
  /**
   * A map for each target, in the frame of the model's input.
   *
   * @param x one image, a batch of one in the model's layout
   */
  public List<HeatMap> explain(Explainer model, Tensor x, List<Integer> targets) {
    InputSpec input = model.imageInput();
    Tensor batch = Batches.joined(Collections.nCopies(targets.size(), x));
    Tensor gradient = model.gradient(batch, targets, Quantity.LOGITS, gradients);
    return reduction.maps(gradient, input);
  }
}
