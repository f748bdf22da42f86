package dev.picasso.attribution.attention;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.GraphMethod;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.gradient.Lrp;
import dev.picasso.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * Relevance propagation for transformers, in the shape of x, with its sign: LRP with rules for
 * softmax, for products of two computed values (half to each) and for normalizations (unchanged), γ
 * = ¼ in convolutions and 0.05 in dense layers. Achtibat et al. 2024, arXiv 2402.05602.
 */
@AutoService(Attribution.class)
public record AttentionLrp() implements GraphMethod {
  @Override
  public String id() {
    return "attn-lrp";
  }

  @Override
  public String title() {
    return "AttnLRP";
  }

  @Override
  public String description() {
    return "See the score of a transformer shared out among the pixels, back through its"
        + " attention.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference("Achtibat et al. 2024, AttnLRP", "https://arxiv.org/abs/2402.05602"));
  }

  @Override
  public Family family() {
    return Family.ATTENTION;
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
    return "share of the score";
  }

  @Override
  public Value map(Sketch s) {
    return s.walkedBack(Lrp.attention(), List.of(s.x().name())).get(0);
  }
}
