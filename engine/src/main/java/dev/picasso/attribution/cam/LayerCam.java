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
 * LayerCAM, ReLU(Σ_k ReLU(G^k) ⊙ A^k) with G = ∂S/∂A: [N, h, w] in the layer's frame, not negative.
 * Jiang et al. 2021, IEEE Transactions on Image Processing 30, eq. 5 to 7.
 */
@AutoService(Attribution.class)
public record LayerCam(
    @Label(value = "Layer", help = "Whose channels are summed; auto is the last with positions.")
        LayerChoice layer)
    implements LayerMap {

  /** With the usual settings. */
  public LayerCam() {
    this(LayerChoice.automatic());
  }

  @Override
  public String id() {
    return "layer-cam";
  }

  @Override
  public String title() {
    return "LayerCAM";
  }

  @Override
  public String description() {
    return "See the regions that speak for the class, in any layer: sharp maps from early ones,"
        + " rough ones from late ones.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Jiang et al. 2021, LayerCAM", "https://doi.org/10.1109/TIP.2021.3089943"));
  }

  @Override
  public boolean signed() {
    return false;
  }

  @Override
  public String meaning() {
    return "the layer's channels, each position weighted by its own positive gradient";
  }

  @Override
  public Value map(Sketch s) {
    GraphBuilder g = s.builder();
    Layer chosen = s.layer(layer);
    Value a = s.activation(chosen);
    Value gradient = s.gradient(chosen);
    return g.relu(g.sum(g.mul(g.relu(gradient), a), false, 1));
  }
}
