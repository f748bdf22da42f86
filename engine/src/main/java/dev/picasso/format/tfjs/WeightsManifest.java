package dev.picasso.format.tfjs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of weights in a model.json: groups of shards, and the weights that lie in these one
 * behind the other. Weights may be quantized: stored · scale + min.
 */
public final class WeightsManifest {
  private static final Map<String, DataType> TYPES =
      Map.of(
          "float32", DataType.FLOAT,
          "float16", DataType.FLOAT16,
          "int32", DataType.INT32,
          "uint8", DataType.UINT8,
          "uint16", DataType.UINT16,
          "bool", DataType.BOOL);

  private static final String TEXT = "string";
  private static final String COMPLEX = "complex64";

  private WeightsManifest() {}

  /**
   * The weights of a model.
   *
   * @param model the path of its model.json; shards lie beside it
   * @param whole what is in it
   * @throws ModelException if shards are missing or too short, or a weight is none
   */
  public static List<StoredWeight> weights(Path model, JsonNode whole) {
    List<StoredWeight> weights = new ArrayList<>();
    for (JsonNode group : whole.path("weightsManifest")) {
      addGroup(model, group, weights);
    }
    return List.copyOf(weights);
  }

  private static void addGroup(Path model, JsonNode group, List<StoredWeight> weights) {
    String name = ModelFolder.nameOf(model);
    ShardRow row = ShardRow.of(model, group.path("paths"));
    long at = 0;
    for (JsonNode weight : group.path("weights")) {
      String what = name + ": the weights " + weight.path("name").asText();
      Shape shape = shape(what, weight.path("shape"));
      JsonNode quantization = weight.path("quantization");
      String original = weight.path("dtype").asText("float32");
      String stored = quantization.path("dtype").asText(original);
      Optional<DataType> type = Optional.ofNullable(TYPES.get(stored));
      long length =
          stored.equals(TEXT)
              ? texts(row, at, shape.size())
              : shape.size() * (stored.equals(COMPLEX) ? 8 : type.map(DataType::bytes).orElse(0));
      if (type.isEmpty() && !stored.equals(TEXT) && !stored.equals(COMPLEX)) {
        throw new ModelException(what + " have the unknown type " + stored + ".");
      }
      if (length > row.size() - at) {
        throw new ModelException(
            name
                + ": the files "
                + group.path("paths")
                + " end before the weights "
                + weight.path("name").asText()
                + "; a shard is missing or cut off.");
      }
      long from = at;
      weights.add(
          new StoredWeight(
              weight.path("name").asText(),
              shape,
              () ->
                  decoded(
                      type.orElseThrow(
                          () ->
                              new ModelException(
                                  what + " have the type " + stored + ": no numbers.")),
                      shape,
                      row.read(from, (int) length),
                      original,
                      quantization)));
      at += length;
    }
  }

  private static Shape shape(String what, JsonNode shape) {
    if (!shape.isArray()) {
      throw new ModelException(what + " have no shape.");
    }
    long[] dims = new long[shape.size()];
    long count = 1;
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.get(i).asLong(-1);
      if (dims[i] < 0 || dims[i] > Integer.MAX_VALUE) {
        throw new ModelException(what + " have the shape " + shape + ".");
      }
      // Two lengths below 2^31 have a product without overflow.
      count *= dims[i];
      if (count > Integer.MAX_VALUE / 4) {
        throw new ModelException(what + " are too many.");
      }
    }
    return Shape.of(dims);
  }

  /** How many bytes texts take: each is its length in four bytes, then its characters. */
  private static long texts(ShardRow row, long from, long count) {
    long at = from;
    for (long i = 0; i < count; i++) {
      if (at > row.size() - 4) {
        return Long.MAX_VALUE;
      }
      at += 4 + (row.read(at, 4).getInt() & 0xFFFFFFFFL);
    }
    return at - from;
  }

  private static Tensor decoded(
      DataType type, Shape shape, ByteBuffer bytes, String original, JsonNode quantization) {
    Tensor stored = Tensor.of(type, shape, bytes);
    if (!quantization.has("scale")) {
      return quantization.isMissingNode() ? stored : stored.as(DataType.FLOAT);
    }
    float scale = (float) quantization.path("scale").asDouble(1);
    float min = (float) quantization.path("min").asDouble(0);
    float[] values = stored.floats();
    boolean whole = original.equals("int32");
    for (int i = 0; i < values.length; i++) {
      float value = values[i] * scale + min;
      values[i] = whole ? Math.round(value) : value;
    }
    Tensor decoded = Tensor.of(values, shape.dims());
    return whole ? decoded.as(DataType.INT32) : decoded;
  }
}
