package dev.picasso.format.tflite.file;

import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongFunction;

/**
 * The elements of constants. Those that stand for real numbers come as FLOAT, integers that stand
 * for themselves as INT64 or, where they are narrower, INT32.
 */
public final class TensorContent {
  /** As many elements as an image of 16,384 × 16,384 pixels has. */
  private static final long MOST = 1L << 28;

  /** Constants smaller than this are copied, so that they need not lie at round addresses. */
  private static final int LARGE = 1 << 14;

  private TensorContent() {}

  /**
   * The elements of a constant.
   *
   * @throws ModelException if they cannot be had; the message says why, without the name of the
   *     tensor
   */
  public static Tensor read(StoredTensor tensor) {
    requireSound(tensor);
    ByteBuffer data =
        tensor
            .data()
            .orElseGet(() -> ByteBuffer.allocate(0))
            .duplicate()
            .order(ByteOrder.LITTLE_ENDIAN);
    Tensor integers = integers(tensor, data);
    return tensor.quantization().isPresent() && !tensor.type().isFloating()
        ? dequantized(integers, tensor.quantization().get())
        : integers;
  }

  private static void requireSound(StoredTensor tensor) {
    if (tensor.oddity().isPresent()) {
      throw new ModelException(tensor.oddity().get());
    }
    if (tensor.type().bits() == 0) {
      throw new ModelException("holds elements of the type " + tensor.type());
    }
    double size = 1;
    for (long dim : tensor.shape().dims()) {
      size *= dim;
    }
    if (size > MOST) {
      throw new ModelException("has the shape " + tensor.shape() + ", more than any image needs");
    }
  }

  /** What stands in the file, sparse tensors with all their zeros. */
  private static Tensor integers(StoredTensor tensor, ByteBuffer data) {
    if (tensor.sparsity().isPresent()) {
      Tensor values = unpacked(tensor.type(), Shape.of(count(tensor, data)), data);
      return Densifying.dense(values, tensor.shape(), tensor.sparsity().get());
    }
    long bits = tensor.shape().size() * tensor.type().bits();
    if (data.remaining() != (bits + 7) / 8) {
      throw new ModelException(
          "has "
              + data.remaining()
              + " bytes where its shape "
              + tensor.shape()
              + " needs "
              + (bits + 7) / 8);
    }
    return unpacked(tensor.type(), tensor.shape(), data);
  }

  private static long count(StoredTensor tensor, ByteBuffer data) {
    return data.remaining() * 8L / tensor.type().bits();
  }

  private static Tensor unpacked(ElementType type, Shape shape, ByteBuffer data) {
    return switch (type) {
      case FLOAT32 -> shared(DataType.FLOAT, shape, data);
      case INT32 -> shared(DataType.INT32, shape, data);
      case INT64 -> shared(DataType.INT64, shape, data);
      case BOOL -> shared(DataType.BOOL, shape, data);
      case FLOAT16 -> shared(DataType.FLOAT16, shape, data).as(DataType.FLOAT);
      case BFLOAT16 -> shared(DataType.BFLOAT16, shape, data).as(DataType.FLOAT);
      case FLOAT64 -> shared(DataType.DOUBLE, shape, data).as(DataType.FLOAT);
      case INT8 -> shared(DataType.INT8, shape, data).as(DataType.INT32);
      case UINT8 -> shared(DataType.UINT8, shape, data).as(DataType.INT32);
      case INT16 -> shared(DataType.INT16, shape, data).as(DataType.INT32);
      case UINT16 -> shared(DataType.UINT16, shape, data).as(DataType.INT32);
      case UINT32 -> shared(DataType.UINT32, shape, data).as(DataType.INT64);
      case UINT64 -> shared(DataType.UINT64, shape, data).as(DataType.INT64);
      case INT4, UINT4, INT2 -> narrow(type, shape, data);
      case STRING, COMPLEX64, COMPLEX128, RESOURCE, VARIANT ->
          throw new ModelException("holds elements of the type " + type);
    };
  }

  private static Tensor shared(DataType type, Shape shape, ByteBuffer bytes) {
    return Tensor.sharing(type, shape, bytes, LARGE);
  }

  /** Several elements in a byte, the first in its lowest bits. */
  private static Tensor narrow(ElementType type, Shape shape, ByteBuffer data) {
    int bits = type.bits();
    int perByte = 8 / bits;
    int mask = (1 << bits) - 1;
    long size = shape.size();
    ByteBuffer out = Tensor.allocate(size * DataType.INT32.bytes());
    for (int i = 0; i < size; i++) {
      int number = (data.get(data.position() + i / perByte) >> (i % perByte * bits)) & mask;
      out.putInt(number > type.greatest() ? number - mask - 1 : number);
    }
    return Tensor.of(DataType.INT32, shape, out.flip());
  }

  private static Tensor dequantized(Tensor integers, Quantization quantization) {
    int n = Math.toIntExact(integers.size());
    long[] dims = integers.shape().dims();
    int scales = quantization.scales().size();
    int axis = axis(dims, quantization.axis(), scales);
    boolean fits = scales == 1 || (axis >= 0 && axis < dims.length && dims[axis] == scales);
    if (!fits) {
      throw new ModelException(
          "has %d scales along axis %d of its shape %s"
              .formatted(scales, quantization.axis(), integers.shape()));
    }
    int inner = 1;
    for (int i = scales == 1 ? dims.length : axis + 1; i < dims.length; i++) {
      inner *= Math.toIntExact(dims[i]);
    }
    LongFunction<Number> number = reader(integers);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      int place = i / inner % scales;
      long integer = number.apply(i).longValue();
      values[i] =
          (float)
              ((double) quantization.scales().get(place)
                  * (integer - quantization.zeroPoints().get(place)));
    }
    return Tensor.of(values, dims);
  }

  /** The axis that is told; of a bias converters tell that of the kernels, and it has only one. */
  private static int axis(long[] dims, int told, int scales) {
    return dims.length == 1 && dims[0] == scales ? 0 : told < 0 ? told + dims.length : told;
  }

  private static LongFunction<Number> reader(Tensor integers) {
    ByteBuffer bytes = integers.bytes();
    return integers.type() == DataType.INT64
        ? i -> bytes.getLong((int) i * Long.BYTES)
        : i -> bytes.getInt((int) i * Integer.BYTES);
  }
}
