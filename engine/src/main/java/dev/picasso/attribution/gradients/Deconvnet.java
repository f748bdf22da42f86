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
import java.util.stream.Stream;

/**
 * The walk back in which every rectifier passes max(g, 0), whatever its input was, and maxima go to
 * their forward places; in the shape of x, with its sign. Zeiler and Fergus 2013, arXiv 1311.2901.
 */
@AutoService(Attribution.class)
public record Deconvnet() implements GraphMethod {
  @Override
  public String id() {
    return "deconvnet";
  }

  @Override
  public String title() {
    return "Deconvolution";
  }

  @Override
  public String description() {
    return "See what in the picture the layers answer to, led back through rectifiers that pass"
        + " positive numbers only.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Zeiler and Fergus 2013, Visualizing and Understanding Convolutional Networks",
            "https://arxiv.org/abs/1311.2901"));
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
    boolean pools =
        model.model().scores().graph().nodes().stream().anyMatch(n -> n.op().equals("MaxPool"));
    return Stream.concat(
            Rectifiers.doubts(model).stream(),
            pools
                ? Stream.empty()
                : Stream.of(
                    "The model has no max pools, by which the picture comes into a deconvolution:"
                        + " the maps of other pictures look much the same."))
        .toList();
  }

  @Override
  public Value map(Sketch s) {
    return s.walkedBack(Backpropagation.DECONVNET, List.of(s.x().name())).get(0);
  }
}
