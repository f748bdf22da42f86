package dev.picasso.attribution.cam;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.Label;
import dev.picasso.settings.LayerChoice;
import java.util.Optional;

/**
 * XGrad-CAM, ReLU(Σ_k w_k A^k) with w_k = Σ G^k ⊙ A^k / Σ A^k over positions, G = ∂S/∂A, and 0
 * where Σ A^k is: [N, h, w] in the layer's frame, not negative. Fu et al. 2020, arXiv 2008.02312,
 * eq. 8.
 */
@AutoService(Attribution.class)
public record XGradCam(
    @Label(value = "Layer", help = "Whose channels are summed; auto is the last with positions.")
        LayerChoice layer)
    implements LayerMap {

  /** With the usual settings. */
  public XGradCam() {
    this(LayerChoice.automatic());
  }

  @Override
  public String id() {
    return "xgrad-cam";
  }

  @Override
  public String title() {
    return "XGrad-CAM";
  }

  @Override
  public String description() {
    return "See the regions that speak for the class: as Grad-CAM, with gradients weighed by where"
        + " the layer is active, so that weights add up to the score more nearly.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Fu et al. 2020, Axiom-based Grad-CAM", "https://arxiv.org/abs/2008.02312"));
  }

  @Override
  public boolean signed() {
    return false;
  }

  @Override
  public String meaning() {
    return "the layer's channels, weighted by the gradient where they are active";
  }

  @Override
  public Value map(Sketch s) {
    GraphBuilder g = s.builder();
    Layer chosen = s.layer(layer);
    Value a = s.activation(chosen);
    Value gradient = s.gradient(chosen);
    Value weights = Formulas.over(g, g.sum(g.mul(gradient, a), true, 2, 3), g.sum(a, true, 2, 3));
    return g.relu(Formulas.weighted(g, weights, a));
  }
}
