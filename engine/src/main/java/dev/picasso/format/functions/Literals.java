package dev.picasso.format.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Numbers that stand in a file in place of a tensor: alone, in nested lists, or wrapped. */
final class Literals {
  private static final int MOST_AXES = 8;

  private Literals() {}

  /** Without the wrapping that tells a tuple from a list, or an array from both. */
  static JsonNode unwrapped(JsonNode node) {
    return switch (node.path("class_name").asText("")) {
      case "__tensor__", "__numpy__" -> node.path("config").path("value");
      case "__tuple__", "TensorShape" -> node.path("items");
      default -> node;
    };
  }

  /** Whether a value is a number, or a list that begins with one or has none. */
  static boolean isNumeric(JsonNode node) {
    JsonNode at = unwrapped(node);
    while (at.isArray() && !at.isEmpty()) {
      at = at.get(0);
    }
    return at.isNumber() || at.isBoolean() || at.isArray();
  }

  /** A list that holds no tensor, as one value. */
  static JsonNode list(Argument.Many many) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Argument part : many.parts()) {
      list.add(
          part instanceof Argument.Many inner
              ? list(inner)
              : part instanceof Argument.Numbers numbers
                  ? json(numbers.tensor())
                  : ((Argument.Plain) part).value());
    }
    return list;
  }

  /** As FLOAT where a number has a point, as BOOL where all are truths, else as INT64. */
  static Tensor tensor(JsonNode literal) {
    JsonNode node = unwrapped(literal);
    List<Long> dims = new ArrayList<>();
    for (JsonNode at = node; at.isArray(); at = at.path(0)) {
      dims.add((long) at.size());
    }
    List<JsonNode> numbers = new ArrayList<>();
    collect(node, dims, 0, numbers);
    long[] shape = dims.stream().mapToLong(Long::longValue).toArray();
    int n = numbers.size();
    if (n > 0 && numbers.stream().allMatch(JsonNode::isBoolean)) {
      boolean[] truths = new boolean[n];
      for (int i = 0; i < n; i++) {
        truths[i] = numbers.get(i).booleanValue();
      }
      return Tensor.of(truths, shape);
    }
    if (numbers.stream().allMatch(v -> v.isIntegralNumber() && v.canConvertToLong())) {
      return Tensor.of(numbers.stream().mapToLong(JsonNode::longValue).toArray(), shape);
    }
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return Tensor.of(values, shape);
  }

  /** A tensor of few numbers as the file of a Keras model would have it; rank 0 as a number. */
  static JsonNode json(Tensor tensor) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    ArrayNode all = make.arrayNode();
    switch (tensor.type()) {
      case BOOL -> {
        for (long v : tensor.longs()) {
          all.add(v != 0);
        }
      }
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> {
        for (float v : tensor.floats()) {
          all.add(v);
        }
      }
      default -> {
        for (long v : tensor.longs()) {
          all.add(v);
        }
      }
    }
    return tensor.shape().rank() == 0 ? all.get(0) : all;
  }

  private static void collect(JsonNode node, List<Long> dims, int depth, List<JsonNode> numbers) {
    if (dims.size() > MOST_AXES || (depth < dims.size() && node.size() != dims.get(depth))) {
      throw new Unsupported("it has a list that is no array of numbers.");
    }
    if (depth < dims.size()) {
      node.forEach(n -> collect(n, dims, depth + 1, numbers));
    } else if (node.isNumber() || node.isBoolean()) {
      numbers.add(node);
    } else {
      throw new Unsupported("it has " + shortened(node) + " where a number is needed.");
    }
  }

  /** What a message shows of a value. */
  static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
