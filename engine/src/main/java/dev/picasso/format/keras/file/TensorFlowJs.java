package dev.picasso.format.keras.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A TensorFlow.js layers model: the topology and a list of weights in model.json, their bytes in
 * shards beside it. Weights may be quantized: stored · scale + min.
 */
final class TensorFlowJs {
  private static final Map<String, DataType> TYPES =
      Map.of(
          "float32", DataType.FLOAT,
          "float16", DataType.FLOAT16,
          "int32", DataType.INT32,
          "uint8", DataType.UINT8,
          "uint16", DataType.UINT16,
          "bool", DataType.BOOL);

  private TensorFlowJs() {}

  static KerasFile open(Path path, String name, JsonNode whole) {
    if (whole.path("format").asText("").equals("graph-model")
        || whole.path("modelTopology").has("node")) {
      throw new ModelException(
          name
              + ": is a TensorFlow.js graph model; only layers models can be read. Convert the"
              + " model that it was made from, or make a SavedModel of it.");
    }
    JsonNode topology = Topology.model(name, whole);
    Optional<String> version =
        Topology.fact(whole, "keras_version").filter(v -> !v.startsWith("tfjs"));
    List<StoredArray> arrays = new ArrayList<>();
    for (JsonNode group : whole.path("weightsManifest")) {
      addGroup(path, name, group, arrays);
    }
    return new KerasFile(
        name,
        "TensorFlow.js layers",
        topology,
        version,
        Topology.fact(whole, "backend"),
        new StoredWeights.Listed(arrays),
        labels(path),
        List.of(),
        List.of());
  }

  private static void addGroup(Path path, String name, JsonNode group, List<StoredArray> arrays) {
    ByteBuffer bytes = shards(path, name, group.path("paths"));
    for (JsonNode weight : group.path("weights")) {
      String weightName = weight.path("name").asText();
      JsonNode shape = weight.path("shape");
      long[] dims = new long[shape.size()];
      long count = 1;
      for (int i = 0; i < dims.length; i++) {
        dims[i] = shape.get(i).asLong(-1);
        if (dims[i] < 0 || dims[i] > Integer.MAX_VALUE) {
          throw new ModelException(
              name + ": the weights " + weightName + " have the shape " + shape + ".");
        }
        count = Math.multiplyExact(count, dims[i]);
        if (count > Integer.MAX_VALUE / 4) {
          throw new ModelException(name + ": the weights " + weightName + " are too many.");
        }
      }
      JsonNode quantization = weight.path("quantization");
      String stored = quantization.path("dtype").asText(weight.path("dtype").asText("float32"));
      DataType type = TYPES.get(stored);
      if (type == null) {
        throw new ModelException(
            name + ": the weights " + weightName + " have the unknown type " + stored + ".");
      }
      long length = count * type.bytes();
      if (length > bytes.remaining()) {
        throw new ModelException(
            name
                + ": the files "
                + group.path("paths")
                + " end before the weights "
                + weightName
                + "; a shard is missing or cut off.");
      }
      ByteBuffer own = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.position(bytes.position() + (int) length);
      arrays.add(
          new StoredArray(
              weightName, Shape.of(dims), () -> read(type, dims, own.duplicate(), quantization)));
    }
  }

  private static Tensor read(DataType type, long[] dims, ByteBuffer own, JsonNode quantization) {
    Tensor stored = Tensor.of(type, Shape.of(dims), own);
    if (!quantization.has("scale")) {
      return stored.as(DataType.FLOAT);
    }
    float scale = (float) quantization.path("scale").asDouble(1);
    float min = (float) quantization.path("min").asDouble(0);
    float[] values = stored.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] * scale + min;
    }
    return Tensor.of(values, dims);
  }

  /**
   * The bytes of all shards in a row. A shard is a file in the model's own folder, nowhere else.
   */
  private static ByteBuffer shards(Path path, String name, JsonNode paths) {
    try {
      List<Path> files = new ArrayList<>();
      long total = 0;
      for (JsonNode shard : paths) {
        String text = shard.asText();
        if (text.isEmpty() || text.contains("/") || text.contains("\\") || text.contains("..")) {
          throw new ModelException(
              name + ": the shard " + text + " lies outside of the model's folder.");
        }
        Path file = path.resolveSibling(text);
        if (!Files.isRegularFile(file)) {
          throw new ModelException(name + ": the file " + text + " is missing beside it.");
        }
        files.add(file);
        total += Files.size(file);
      }
      if (total > Integer.MAX_VALUE) {
        throw new ModelException(name + ": the shards hold more than 2 GB.");
      }
      ByteBuffer bytes = Tensor.allocate(total);
      for (Path file : files) {
        byte[] shard = Files.readAllBytes(file);
        if (shard.length > bytes.remaining()) {
          throw new ModelException(name + ": " + file.getFileName() + " changed while being read.");
        }
        bytes.put(shard);
      }
      return bytes.flip();
    } catch (IOException e) {
      throw new ModelException(name + ": a shard cannot be read: " + e.getMessage(), e);
    }
  }

  /** The class names that Teachable Machine puts beside the model. */
  private static List<String> labels(Path path) {
    Path file = path.resolveSibling("metadata.json");
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    String name = KerasFiles.nameOf(file);
    List<String> labels = new ArrayList<>();
    for (JsonNode label : Topology.parse(name, KerasFiles.text(file, name)).path("labels")) {
      labels.add(label.asText());
    }
    return labels;
  }
}
