package dev.picasso.attribution.cam;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.GraphMethod;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.PixelGrid;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.gradient.Backpropagation;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import dev.picasso.model.InputSpec;
import dev.picasso.settings.Label;
import dev.picasso.settings.LayerChoice;
import java.util.List;
import java.util.Optional;

/**
 * Guided Grad-CAM: guided backpropagation ⊙ Grad-CAM, brought to the pixels bilinearly: the shape
 * of x, with the sign of the guided gradient. Selvaraju et al. 2016, arXiv 1610.02391, section 3.2.
 */
@AutoService(Attribution.class)
public record GuidedGradCam(
    @Label(value = "Layer", help = "Where Grad-CAM looks; auto is the last with positions.")
        LayerChoice layer)
    implements GraphMethod {

  /** With the usual settings. */
  public GuidedGradCam() {
    this(LayerChoice.automatic());
  }

  @Override
  public String id() {
    return "guided-grad-cam";
  }

  @Override
  public String title() {
    return "Guided Grad-CAM";
  }

  @Override
  public String description() {
    return "See the edges and shapes within the regions that speak for the class.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Selvaraju et al. 2016, Grad-CAM", "https://arxiv.org/abs/1610.02391"));
  }

  @Override
  public Family family() {
    return Family.ACTIVATION_MAP;
  }

  @Override
  public Maps.Frame frame() {
    return Maps.Frame.INPUT;
  }

  @Override
  public boolean signed() {
    return true;
  }

  @Override
  public String meaning() {
    return "guided gradient by the pixel, times Grad-CAM of its region";
  }

  @Override
  public Optional<LayerChoice> looksAt() {
    return Optional.of(layer);
  }

  @Override
  public Value map(Sketch s) {
    GraphBuilder g = s.builder();
    InputSpec input =
        s.model()
            .input()
            .orElseThrow(
                () ->
                    new InapplicableException(
                        s.model().title() + " takes no images, so that there are no pixels."));
    Value rough = g.unsqueeze(new GradCam(layer, true).map(s), 1);
    Value up = PixelGrid.resized(g, rough, input.height(), input.width());
    Value fine = s.walkedBack(Backpropagation.GUIDED, List.of(s.x().name())).get(0);
    return g.mul(g.cast(fine, DataType.FLOAT), PixelGrid.beside(g, up, input));
  }
}
