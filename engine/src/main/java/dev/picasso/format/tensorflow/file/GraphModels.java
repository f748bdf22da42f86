package dev.picasso.format.tensorflow.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.format.tensorflow.checkpoint.Variables;
import dev.picasso.format.tfjs.ModelJson;
import dev.picasso.format.tfjs.StoredWeight;
import dev.picasso.format.tfjs.WeightsManifest;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SignatureDef;

/**
 * TensorFlow.js graph models: a graph in the JSON of model.json, whose Const nodes have their
 * values in shards beside it, under the nodes' names.
 */
final class GraphModels {
  private GraphModels() {}

  static TensorFlowFile open(Path path) {
    String name = ModelFolder.nameOf(path);
    JsonNode whole = ModelJson.parse(name, ModelJson.text(path));
    JsonNode topology = whole.path("modelTopology");
    if (!topology.path("node").isArray()) {
      throw new ModelException(name + ": is a graph model without nodes in its modelTopology.");
    }
    JsonMessages messages = new JsonMessages(name);
    GraphDef graph = messages.read(topology, "modelTopology", GraphDef.newBuilder()).build();
    Map<String, StoredWeight> weights = new TreeMap<>();
    for (StoredWeight weight : WeightsManifest.weights(path, whole)) {
      weights.put(weight.name(), weight);
    }
    List<String> notes = new ArrayList<>();
    if (whole.path("modelInitializer").path("node").size() > 0) {
      notes.add("The model fills tables before it runs, which was left out.");
    }
    return new TensorFlowFile(
        name,
        "TensorFlow.js graph",
        graph,
        signatures(messages, whole),
        Variables.none(),
        new Constants(Collections.unmodifiableMap(weights)),
        ModelJson.labelsBeside(path),
        notes,
        Optional.empty(),
        Optional.empty());
  }

  /** The one signature, where converters of all ages put it. */
  private static Map<String, SignatureDef> signatures(JsonMessages messages, JsonNode whole) {
    for (JsonNode at : new JsonNode[] {whole, whole.path("userDefinedMetadata")}) {
      JsonNode signature = at.path("signature");
      if (signature.path("inputs").isObject() || signature.path("outputs").isObject()) {
        return Map.of(
            "serving_default",
            messages.read(signature, "signature", SignatureDef.newBuilder()).build());
      }
    }
    return Map.of();
  }

  /** The weights, by the names of the nodes whose values they are. */
  private record Constants(Map<String, StoredWeight> weights) implements Variables {
    @Override
    public Set<String> keys() {
      return weights.keySet();
    }

    @Override
    public Optional<Shape> shape(String key) {
      return Optional.ofNullable(weights.get(key)).map(StoredWeight::shape);
    }

    @Override
    public Optional<Tensor> read(String key) {
      return Optional.ofNullable(weights.get(key)).map(StoredWeight::read);
    }

    @Override
    public Optional<byte[]> text(String key) {
      return Optional.empty();
    }

    @Override
    public void close() {
      // shards are open only while they are read
    }
  }
}
