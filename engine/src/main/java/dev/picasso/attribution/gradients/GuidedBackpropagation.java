package dev.picasso.attribution.gradients;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.ChannelReduction;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.GraphMethod;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.gradient.Backpropagation;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * The gradient of which every rectifier passes what is positive where its input was, too; in the
 * shape of x, with its sign. Springenberg et al. 2014, arXiv 1412.6806.
 */
@AutoService(Attribution.class)
public record GuidedBackpropagation() implements GraphMethod {
  @Override
  public String id() {
    return "guided-backprop";
  }

  @Override
  public String title() {
    return "Guided backpropagation";
  }

  @Override
  public String description() {
    return "See edges and shapes that speak for anything at all: sharp, but much the same for every"
        + " class.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Springenberg et al. 2014, Striving for Simplicity",
            "https://arxiv.org/abs/1412.6806"));
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
    return "evidence that rectifiers pass on, as what the pixel changes";
  }

  @Override
  public List<String> doubts(Explainer model) {
    return Rectifiers.doubts(model);
  }

  @Override
  public Value map(Sketch s) {
    return s.walkedBack(Backpropagation.GUIDED, List.of(s.x().name())).get(0);
  }
}
