package dev.picasso.attribution.gradients;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.GraphMethod;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.graph.Value;
import java.util.Optional;

/** x ⊙ ∂S/∂x, in the shape of x, with its sign. Shrikumar et al. 2016, arXiv 1605.01713. */
@AutoService(Attribution.class)
public record GradientTimesInput() implements GraphMethod {
  @Override
  public String id() {
    return "gradient-x-input";
  }

  @Override
  public String title() {
    return "Gradient × input";
  }

  @Override
  public String description() {
    return "See how much each pixel adds to the score, if the model were as straight everywhere as"
        + " it is here.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Shrikumar et al. 2016, Not Just a Black Box", "https://arxiv.org/abs/1605.01713"));
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
  public boolean signed() {
    return true;
  }

  @Override
  public String meaning() {
    return "change of the score for a small change of the pixel, times the pixel";
  }

  @Override
  public Value map(Sketch s) {
    return s.builder().mul(s.x(), s.gradient(s.x()));
  }
}
