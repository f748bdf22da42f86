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
 * Grad-CAM, ReLU(Σ_k α_k A^k) with α_k the mean of ∂S/∂A^k over positions: [N, h, w] in the layer's
 * frame. Selvaraju et al. 2016, arXiv 1610.02391, eq. 1 and 2.
 *
 * @param relu without it the map has both signs
 */
@AutoService(Attribution.class)
public record GradCam(
    @Label(value = "Layer", help = "Whose channels are summed; auto is the last with positions.")
        LayerChoice layer,
    @Label(value = "ReLU", help = "Keep only what speaks for the class.") boolean relu)
    implements LayerMap {

  /** With the usual settings. */
  public GradCam() {
    this(LayerChoice.automatic(), true);
  }

  @Override
  public String id() {
    return "grad-cam";
  }

  @Override
  public String title() {
    return "Grad-CAM";
  }

  @Override
  public String description() {
    return "See the regions whose features, in a late layer, speak for the class.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Selvaraju et al. 2016, Grad-CAM", "https://arxiv.org/abs/1610.02391"));
  }

  @Override
  public boolean signed() {
    return !relu;
  }

  @Override
  public String meaning() {
    return "the layer's channels, weighted by the mean of the score's gradient";
  }

  @Override
  public Value map(Sketch s) {
    GraphBuilder g = s.builder();
    Layer chosen = s.layer(layer);
    Value weights = g.mean(s.gradient(chosen), true, 2, 3);
    Value map = Formulas.weighted(g, weights, s.activation(chosen));
    return relu ? g.relu(map) : map;
  }
}
