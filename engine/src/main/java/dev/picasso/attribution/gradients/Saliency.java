package dev.picasso.attribution.gradients;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.GradientGraphs;
import dev.picasso.attribution.Gradients;
import dev.picasso.attribution.GraphMaps;
import dev.picasso.attribution.GraphMethod;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Value;
import dev.picasso.settings.Label;
import java.util.List;
import java.util.Optional;

/**
 * The gradient ∂S/∂x, in the shape of x, with its sign; a picture shows the largest absolute value
 * of a pixel's channels. Simonyan et al. 2013, arXiv 1312.6034.
 */
@AutoService(Attribution.class)
public record Saliency(
    @Label(
            value = "Gradient",
            help = "Guided backpropagation follows positive evidence only and looks sharper.")
        Gradients gradient)
    implements GraphMethod {
  public Saliency() {
    this(Gradients.PLAIN);
  }

  @Override
  public String id() {
    return "saliency";
  }

  @Override
  public String title() {
    return "Saliency map";
  }

  @Override
  public String description() {
    return "See which pixels would change a class's score the most if they changed a little.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Simonyan et al. 2013, Deep Inside Convolutional Networks",
            "https://arxiv.org/abs/1312.6034"));
  }

  @Override
  public Family family() {
    return Family.GRADIENT;
  }

  @Override
  public Maps.Frame frame() {
    return Maps.Frame.INPUT;
  }

  @Override
  public ChannelReduction reduction() {
    return ChannelReduction.MAX_OF_ABSOLUTE;
  }

  @Override
  public boolean signed() {
    return true;
  }

  @Override
  public String meaning() {
    return "change of the score for a small change of the pixel";
  }

  @Override
  public List<String> doubts(Explainer model) {
    return gradient == Gradients.PLAIN ? List.of() : Rectifiers.doubts(model);
  }

  /** The map is called {@link GradientGraphs#GRADIENT}, as it always was. */
  @Override
  public Optional<Graph> graph(Explainer model, Images like, Target target) {
    Sketch sketch = GraphMaps.sketch(model.model(), basis(model.model()), target);
    return Optional.of(GraphMaps.finished(sketch, map(sketch), GradientGraphs.GRADIENT));
  }

  @Override
  public Value map(Sketch s) {
    return s.walkedBack(gradient.rules(), List.of(s.x().name())).get(0);
  }
}
