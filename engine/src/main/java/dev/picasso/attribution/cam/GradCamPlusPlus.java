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
 * Grad-CAM++, ReLU(Σ_k w_k A^k) with w_k = Σ α^k ⊙ ReLU(G^k) over positions and α^k = (G^k)² / (2
 * (G^k)² + ΣA^k · (G^k)³), G = ∂S/∂A: [N, h, w] in the layer's frame, not negative. Chattopadhyay
 * et al. 2017, arXiv 1710.11063, eq. 10 and 19, for S as it is: their exp(S), which multiplies all
 * weights alike, is left out.
 */
@AutoService(Attribution.class)
public record GradCamPlusPlus(
    @Label(value = "Layer", help = "Whose channels are summed; auto is the last with positions.")
        LayerChoice layer)
    implements LayerMap {

  /** With the usual settings. */
  public GradCamPlusPlus() {
    this(LayerChoice.automatic());
  }

  @Override
  public String id() {
    return "grad-cam-plus-plus";
  }

  @Override
  public String title() {
    return "Grad-CAM++";
  }

  @Override
  public String description() {
    return "See the regions that speak for the class, several objects of it too: as Grad-CAM, with"
        + " small regions weighing as much as large ones.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Chattopadhyay et al. 2017, Grad-CAM++", "https://arxiv.org/abs/1710.11063"));
  }

  @Override
  public boolean signed() {
    return false;
  }

  @Override
  public String meaning() {
    return "the layer's channels, weighted by their positive gradients";
  }

  @Override
  public Value map(Sketch s) {
    GraphBuilder g = s.builder();
    Layer chosen = s.layer(layer);
    Value a = s.activation(chosen);
    Value gradient = s.gradient(chosen);
    // G² cancels, which keeps gradients whose cubes are too small for 32 bits.
    Value below = g.add(g.mul(g.sum(a, true, 2, 3), gradient), 2);
    Value weights = g.sum(Formulas.over(g, g.relu(gradient), below), true, 2, 3);
    return g.relu(Formulas.weighted(g, weights, a));
  }
}
