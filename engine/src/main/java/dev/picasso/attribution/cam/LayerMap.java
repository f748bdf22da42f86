package dev.picasso.attribution.cam;

import dev.picasso.attribution.Family;
import dev.picasso.attribution.GraphMethod;
import dev.picasso.attribution.Maps;
import dev.picasso.settings.LayerChoice;
import java.util.Optional;

/** A class activation map that is a graph: it looks at one layer, and its map lies there. */
interface LayerMap extends GraphMethod {
  /** Whose channels are summed. */
  LayerChoice layer();

  @Override
  default Family family() {
    return Family.ACTIVATION_MAP;
  }

  @Override
  default Maps.Frame frame() {
    return Maps.Frame.LAYER;
  }

  @Override
  default Optional<LayerChoice> looksAt() {
    return Optional.of(layer());
  }
}
