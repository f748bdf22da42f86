package dev.picasso.attribution.layer;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.ChosenLayer;
import dev.picasso.attribution.Family;
import dev.picasso.attribution.GraphMethod;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Maps;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Value;
import dev.picasso.model.Model;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.Label;
import dev.picasso.settings.LayerChoice;
import java.util.Optional;

/**
 * What a layer holds, as it was computed and with its sign: [N, K, h, w] where it has positions,
 * the class token and its like left out; else the layer's own shape, as a rule [N, K]. Yosinski et
 * al. 2015, arXiv 1506.06579. It is the same whatever class is asked for.
 */
@AutoService(Attribution.class)
public record Activation(
    @Label(value = "Layer", help = "Which layer is shown; auto is the last with positions.")
        LayerChoice layer)
    implements GraphMethod {

  /** With the usual settings. */
  public Activation() {
    this(LayerChoice.automatic());
  }

  @Override
  public String id() {
    return "activation";
  }

  @Override
  public String title() {
    return "Activations";
  }

  @Override
  public String description() {
    return "See what the channels of a layer respond to in the picture, the strongest first.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Yosinski et al. 2015, Understanding Neural Networks Through Deep Visualization",
            "https://arxiv.org/abs/1506.06579"));
  }

  @Override
  public Family family() {
    return Family.LAYER;
  }

  @Override
  public Maps.Frame frame() {
    return Maps.Frame.CHANNELS;
  }

  @Override
  public boolean signed() {
    return true;
  }

  @Override
  public String meaning() {
    return "activation";
  }

  @Override
  public Optional<LayerChoice> looksAt() {
    return Optional.of(layer);
  }

  /** Any layer, also one without positions. */
  @Override
  public Optional<Layer> layer(Model model) {
    return Optional.of(
        layer
            .name()
            .map(name -> ChosenLayer.any(model, name))
            .orElseGet(() -> ChosenLayer.spatial(model, layer)));
  }

  @Override
  public void require(Model model, Target like) {
    if (like.comparesClasses()) {
      throw new InapplicableException(
          "What a layer holds is the same whatever the class, so that it says nothing of one class"
              + " against another. Choose a method that asks about classes, as Grad-CAM does.");
    }
    GraphMethod.super.require(model, like);
  }

  @Override
  public Value map(Sketch s) {
    Layer chosen = layer(s.model()).orElseThrow();
    return chosen.isSpatial() ? s.activation(chosen) : s.value(chosen.value());
  }
}
