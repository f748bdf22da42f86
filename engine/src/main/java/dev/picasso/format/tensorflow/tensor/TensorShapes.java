package dev.picasso.format.tensorflow.tensor;

import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import org.tensorflow.proto.TensorShapeProto;

/** Shapes of stored tensors, checked before anything of their size is allocated. */
public final class TensorShapes {
  private static final int MAXIMAL_RANK = 254; // TensorFlow's own limit

  private TensorShapes() {}

  /**
   * The shape of something stored: every length known, not negative.
   *
   * @param what what has the shape, as messages begin: "model.index: the variable w"
   * @throws ModelException if it is none
   */
  public static Shape stored(String what, TensorShapeProto proto) {
    if (proto.getUnknownRank() || proto.getDimCount() > MAXIMAL_RANK) {
      throw new ModelException(what + " has no shape that something stored can have.");
    }
    long[] dims = new long[proto.getDimCount()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = proto.getDim(i).getSize();
      if (dims[i] < 0) {
        throw new ModelException(what + " has the length " + dims[i] + " in its shape.");
      }
    }
    return Shape.of(dims);
  }

  /**
   * The number of bytes that such a tensor takes.
   *
   * @throws ModelException if these are more than 2 GB
   */
  public static int bytes(String what, DataType type, Shape shape) {
    try {
      return Math.toIntExact(Math.multiplyExact(shape.size(), type.bytes()));
    } catch (ArithmeticException e) {
      throw new ModelException(what + " has the shape " + shape + ", more than 2 GB.", e);
    }
  }
}
