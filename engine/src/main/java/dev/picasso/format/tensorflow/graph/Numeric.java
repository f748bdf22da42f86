package dev.picasso.format.tensorflow.graph;

import dev.picasso.format.ModelException;
import dev.picasso.format.layout.Unsupported;
import dev.picasso.format.tensorflow.tensor.ElementTypes;
import dev.picasso.format.tensorflow.tensor.TensorMessages;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Tensor;
import org.tensorflow.proto.TensorProto;

/** Numbers in the three types that are computed with while a graph is read. */
final class Numeric {
  private Numeric() {}

  /** Floats of any width as FLOAT, whole numbers as INT64, truths as they are. */
  static Tensor plain(Tensor tensor) {
    return switch (tensor.type()) {
      case FLOAT, INT64, BOOL -> tensor;
      case DOUBLE, FLOAT16, BFLOAT16 -> tensor.as(DataType.FLOAT);
      default -> tensor.as(DataType.INT64);
    };
  }

  /**
   * What stands in a node.
   *
   * @throws Unsupported if it is damaged
   */
  static Tensor read(TensorProto proto) {
    try {
      return plain(TensorMessages.read("it", proto));
    } catch (ModelException e) {
      throw new Unsupported(String.valueOf(e.getMessage()));
    }
  }

  /** Whether a type is one of whole numbers. */
  static boolean isWhole(org.tensorflow.proto.DataType type) {
    return ElementTypes.of(type)
        .filter(t -> !t.isFloating() && t != DataType.BOOL)
        .isPresent();
  }

  /** Whether a type is one of numbers or truths. */
  static boolean is(org.tensorflow.proto.DataType type) {
    return ElementTypes.of(type).isPresent();
  }
}
