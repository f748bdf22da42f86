package dev.picasso.format.onnx;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Attributes;
import dev.picasso.graph.Tensor;
import java.util.List;

/** The tensor that a Constant holds, in each of its spellings. */
final class Constants {
  private Constants() {}

  static Tensor of(Attributes attributes) {
    if (attributes.has("value")) {
      return attributes.tensor("value").orElseThrow();
    }
    if (attributes.has("value_float")) {
      return Tensor.scalar(attributes.real("value_float", 0));
    }
    if (attributes.has("value_int")) {
      return Tensor.scalar(attributes.integer("value_int", 0));
    }
    if (attributes.has("value_ints")) {
      return Tensor.longs(attributes.integers("value_ints").orElseThrow());
    }
    if (attributes.asMap().get("value_floats") instanceof List<?> list) {
      return floats(list);
    }
    throw new ModelException("holds neither a tensor nor numbers");
  }

  private static Tensor floats(List<?> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((Number) list.get(i)).floatValue();
    }
    return Tensor.of(values, values.length);
  }
}
