package dev.picasso.format.keras.layers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.functions.Activations;
import dev.picasso.format.functions.Inputs;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.LayerConfig;
import dev.picasso.format.layout.LaidOut;
import dev.picasso.graph.GraphBuilder;

/** The activation that a layer brings with it: a name, or a layer of its own. */
final class LayerActivations {
  private LayerActivations() {}

  /** Applies what a layer's argument {@code activation} says. */
  static LaidOut apply(GraphBuilder g, Layer layer, LaidOut x) {
    return layer.argument("activation").map(node -> apply(g, layer, x, node)).orElse(x);
  }

  private static LaidOut apply(GraphBuilder g, Layer layer, LaidOut x, JsonNode node) {
    if (node.isTextual()) {
      return Activations.byName(g, layer.context().kerasVersion(), x, node.textValue());
    }
    String kind = node.path("class_name").asText("");
    if (kind.equals("function") && node.path("config").isTextual()) {
      return Activations.byName(
          g, layer.context().kerasVersion(), x, node.path("config").textValue());
    }
    if (node.path("config").isObject()) {
      LayerConfig inner = LayerConfig.of(node, 0);
      if (!Activations.names().contains(inner.kind())) {
        return layer.callInner(inner, Inputs.of(x), "activation").get(0);
      }
      return Activations.byName(g, layer.context().kerasVersion(), x, inner.kind());
    }
    throw Activations.unknown(node.toString());
  }
}
