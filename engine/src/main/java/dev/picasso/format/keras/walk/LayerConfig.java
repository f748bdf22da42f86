package dev.picasso.format.keras.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer as the topology has it.
 *
 * @param name unique within its model
 * @param kind the class, without the package that it was registered under; or the function that was
 *     recorded as a layer, as in "tf.math.add" or "ops.Add"
 * @param config its arguments; a Sequential's plain list of layers stands under "layers"
 * @param inbound its calls; missing in a Sequential
 * @param node the whole entry
 */
public record LayerConfig(
    String name, String kind, ObjectNode config, JsonNode inbound, JsonNode node) {

  /** The layer that an entry of a list of layers describes, in the words of Keras 2. */
  public static LayerConfig of(JsonNode node, int index) {
    String kind = node.path("class_name").asText("");
    kind = kind.substring(kind.lastIndexOf('>') + 1);
    JsonNode stored = node.path("config");
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    if (stored.isArray()) {
      config.set("layers", stored);
    } else if (stored instanceof ObjectNode object) {
      config.setAll(object);
    }
    String name = node.path("name").asText(config.path("name").asText(""));
    if (name.isEmpty()) {
      name = (kind.isEmpty() ? "layer" : kind.toLowerCase(java.util.Locale.ROOT)) + "_" + index;
    }
    var recorded = Recorded.kind(node, kind, config);
    if (recorded.isPresent()) {
      return new LayerConfig(name, recorded.get(), config, inboundOf(node), node);
    }
    Keras1.Translated modern = Keras1.translate(kind, config);
    return new LayerConfig(name, modern.kind(), modern.config(), inboundOf(node), node);
  }

  /** The input that a Sequential has without saying so. */
  static LayerConfig input(String name) {
    JsonNode nothing = MissingNode.getInstance();
    return new LayerConfig(
        name, "InputLayer", JsonNodeFactory.instance.objectNode(), nothing, nothing);
  }

  private static JsonNode inboundOf(JsonNode node) {
    JsonNode inbound = node.path("inbound_nodes");
    return inbound.isMissingNode() ? MissingNode.getInstance() : inbound;
  }

  /** The layers inside; empty if this is no model. */
  public List<LayerConfig> layers() {
    List<LayerConfig> layers = new ArrayList<>();
    for (JsonNode layer : config.path("layers")) {
      layers.add(of(layer, layers.size()));
    }
    return layers;
  }

  public boolean isModel() {
    return config.path("layers").isArray() && !kind.equals("Merge");
  }

  /** Whether the layers inside follow one another; else they name what they read. */
  public boolean isSequential() {
    return isModel() && !config.has("input_layers");
  }
}
