package dev.picasso.format.keras.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.ModelException;
import dev.picasso.format.tfjs.ModelJson;
import dev.picasso.format.tfjs.StoredWeight;
import dev.picasso.format.tfjs.WeightsManifest;
import dev.picasso.graph.DataType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A TensorFlow.js layers model: the topology and a list of weights in model.json, their bytes in
 * shards beside it.
 */
final class TensorFlowJs {
  private TensorFlowJs() {}

  static KerasFile open(Path path, String name, JsonNode whole) {
    if (whole.path("modelTopology").path("node").isArray()) {
      throw new ModelException(
          name
              + ": is a TensorFlow.js graph model, which has no layers; it is read as TensorFlow.");
    }
    JsonNode topology = Topology.model(name, whole);
    Optional<String> version =
        Topology.fact(whole, "keras_version").filter(v -> !v.startsWith("tfjs"));
    List<StoredArray> arrays =
        WeightsManifest.weights(path, whole).stream().map(TensorFlowJs::array).toList();
    return new KerasFile(
        name,
        "TensorFlow.js layers",
        topology,
        version,
        Topology.fact(whole, "backend"),
        new StoredWeights.Listed(arrays),
        ModelJson.labelsBeside(path),
        List.of(),
        List.of());
  }

  private static StoredArray array(StoredWeight weight) {
    return new StoredArray(weight.name(), weight.shape(), () -> weight.read().as(DataType.FLOAT));
  }
}
