package dev.picasso.attribution.cam;

import com.google.auto.service.AutoService;
import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.InapplicableException;
import dev.picasso.attribution.Reference;
import dev.picasso.attribution.Sketch;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import dev.picasso.model.layers.Grid;
import dev.picasso.model.layers.Layer;
import dev.picasso.settings.Label;
import dev.picasso.settings.LayerChoice;
import java.util.Optional;

/**
 * CAM, Σ_k w_ck A^k with the weights w of the linear layers behind the mean over all positions: [N,
 * h, w] in the frame of the layer that is averaged, of both signs. Zhou et al. 2015, arXiv
 * 1512.04150, eq. 2. The mean of the map and the bias of the last layer add up to the score.
 *
 * <p>The weights are read off the gradient, which such a network spreads evenly over the positions:
 * w_ck is its sum. So several linear layers in a row, normalizations among them and 1×1
 * convolutions are the same to it as one dense layer.
 */
@AutoService(Attribution.class)
public record Cam(
    @Label(
            value = "Layer",
            help = "Whose channels are summed; auto is the one whose positions are averaged.")
        LayerChoice layer)
    implements LayerMap {

  /** With the usual settings. */
  public Cam() {
    this(LayerChoice.automatic());
  }

  @Override
  public String id() {
    return "cam";
  }

  @Override
  public String title() {
    return "CAM";
  }

  @Override
  public String description() {
    return "See how much each region adds to the score, in networks that end with the mean over all"
        + " regions and a dense layer.";
  }

  @Override
  public Optional<Reference> reference() {
    return Optional.of(
        new Reference(
            "Zhou et al. 2015, Learning Deep Features for Discriminative Localization",
            "https://arxiv.org/abs/1512.04150"));
  }

  @Override
  public boolean signed() {
    return true;
  }

  @Override
  public String meaning() {
    return "the score before its mean over the positions was taken";
  }

  @Override
  public Value map(Sketch s) {
    LinearEnd end = LinearEnd.of(s.graph(), s.of());
    Place place = layer.name().isPresent() ? named(s, end) : averaged(s, end);
    GraphBuilder g = s.builder();
    Value value = s.value(place.value());
    Value weights = g.sum(place.grid().toGrid(g, s.gradient(value)), true, 2, 3);
    return Formulas.weighted(g, weights, place.grid().toGrid(g, value));
  }

  /** A value and how positions lie in it. */
  private record Place(String value, Grid grid) {}

  private Place named(Sketch s, LinearEnd end) {
    Layer named = s.layer(layer);
    if (!end.leadsFrom(named.value())) {
      throw new InapplicableException(
          "The mean is taken of "
              + end.averaged()
              + ", and from the layer "
              + named.name()
              + " to there it is not one weight for each channel; leave the layer on auto, or"
              + " choose Grad-CAM.");
    }
    return new Place(named.value(), named.grid());
  }

  private static Place averaged(Sketch s, LinearEnd end) {
    return s.model().layers().all().stream()
        .filter(l -> l.value().equals(end.averaged()) && l.isSpatial())
        .findFirst()
        .map(l -> new Place(l.value(), l.grid()))
        .or(() -> end.grid().map(grid -> new Place(end.averaged(), grid)))
        .orElseThrow(
            () ->
                new InapplicableException(
                    "The mean is taken of "
                        + end.averaged()
                        + " "
                        + s.value(end.averaged()).shape()
                        + ", of which it is not known how positions lie in it; Grad-CAM may do."));
  }
}
