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
 * HiResCAM, ReLU(Σ_k G^k ⊙ A^k) with G = ∂S/∂A: [N, h, w] in the layer's frame, not negative.
 * Draelos and Carin 2020, arXiv 2011.08891, eq. 5. Where nothing but linear layers follow, the sum
 * before the ReLU is the score but for its bias.
 */
@AutoService(Attribution.class)
public record HiResCam(
    @Label(value = "Layer", help = "Whose channels are summed; auto is the last with positions.")
        LayerChoice layer)
    implements LayerMap {

  /** With the usual settings. */
  public HiResCam() {
    this(LayerChoice.automatic());
  }

  @Override
  public String id() {
    return "hires-cam";
  }

  @Override
  public String title() {
    return "HiResCAM";
  }

  @Override
  public String description() {
    return "See only regions that the score truly came from: as Grad-CAM, but gradients are not"
        + " averaged over the picture.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Draelos and Carin 2020, HiResCAM", "https://arxiv.org/abs/2011.08891"));
  }

  @Override
  public boolean signed() {
    return false;
  }

  @Override
  public String meaning() {
    return "the layer's channels times the score's gradient, position by position";
  }

  @Override
  public Value map(Sketch s) {
    GraphBuilder g = s.builder();
    Layer chosen = s.layer(layer);
    Value a = s.activation(chosen);
    Value gradient = s.gradient(chosen);
    return g.relu(g.sum(g.mul(gradient, a), false, 1));
  }
}
