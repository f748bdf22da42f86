package dev.picasso.format.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/** {@code TensorProto} in all its ways of storage. */
final class TensorReader {
  /** Weights from this size on are used where they lie in the mapped file, if aligned. */
  static final int LARGE = 1 << 16;

  /** Integers of four bits, two a byte, by their code in ONNX. */
  private static final Map<Integer, DataType> HALF_BYTES =
      Map.of(
          TensorProto.DataType.UINT4_VALUE, DataType.UINT8,
          TensorProto.DataType.INT4_VALUE, DataType.INT8);

  private final ExternalData external;
  private final Set<String> halfBytes = new HashSet<>();

  TensorReader(ExternalData external) {
    this.external = external;
  }

  /** The names of the tensors that were read whose integers have four bits in the file. */
  Set<String> halfBytes() {
    return Set.copyOf(halfBytes);
  }

  /**
   * The tensor; integers of four bits as such of eight.
   *
   * @throws ModelException if its type is not supported, or its data do not fit its shape
   */
  Tensor read(TensorProto proto) {
    DataType unpacked = HALF_BYTES.get(proto.getDataType());
    if (unpacked != null) {
      halfBytes.add(proto.getName());
      return halfBytes(proto, unpacked);
    }
    DataType type =
        DataType.ofOnnxCode(proto.getDataType())
            .orElseThrow(
                () -> refused(proto, "holds numbers of the type " + typeName(proto.getDataType())));
    Shape shape = shape(proto);
    long bytes = bytes(proto, type, shape);
    if (proto.hasSegment()) {
      throw refused(proto, "is stored in segments");
    }
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return Tensor.sharing(type, shape, external.bytes(proto, bytes), LARGE);
    }
    if (proto.hasRawData()) {
      requireCount(proto, proto.getRawData().size(), bytes, "bytes");
      return Tensor.sharing(type, shape, proto.getRawData().asReadOnlyByteBuffer(), LARGE);
    }
    return listed(proto, type, shape);
  }

  private Tensor halfBytes(TensorProto proto, DataType type) {
    Shape shape = shape(proto);
    long count = bytes(proto, type, shape);
    if (proto.hasSegment()) {
      throw refused(proto, "is stored in segments");
    }
    long packed = (count + 1) / 2;
    ByteBuffer pairs;
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      pairs = external.bytes(proto, packed);
    } else if (proto.hasRawData()) {
      requireCount(proto, proto.getRawData().size(), packed, "bytes");
      pairs = proto.getRawData().asReadOnlyByteBuffer();
    } else {
      requireCount(proto, proto.getInt32DataCount(), packed, "pairs of elements");
      pairs = ByteBuffer.allocate((int) packed);
      proto.getInt32DataList().forEach(i -> pairs.put(i.byteValue()));
      pairs.flip();
    }
    ByteBuffer out = Tensor.allocate(count);
    for (int i = 0; i < count; i++) {
      int pair = pairs.get(pairs.position() + i / 2);
      int upwards = i % 2 == 0 ? pair << 28 : pair << 24; // the first of two is the lower half
      out.put((byte) (type == DataType.INT8 ? upwards >> 28 : upwards >>> 28));
    }
    return Tensor.of(type, shape, out.flip());
  }

  /** The name that ONNX has for a type code. */
  static String typeName(int code) {
    return Optional.ofNullable(TensorProto.DataType.forNumber(code))
        .map(Enum::name)
        .orElse("number " + code);
  }

  private static Shape shape(TensorProto proto) {
    long[] dims = proto.getDimsList().stream().mapToLong(d -> d).toArray();
    for (long d : dims) {
      if (d < 0) {
        throw refused(proto, "has the impossible shape " + proto.getDimsList());
      }
    }
    return Shape.of(dims);
  }

  private static long bytes(TensorProto proto, DataType type, Shape shape) {
    try {
      long bytes = Math.multiplyExact(shape.size(), type.bytes());
      if (bytes <= Integer.MAX_VALUE) {
        return bytes;
      }
    } catch (ArithmeticException e) {
      // the same answer: it is too large
    }
    throw refused(proto, "has the shape " + shape + ", more than 2 GB");
  }

  private static Tensor listed(TensorProto proto, DataType type, Shape shape) {
    int count = count(proto, type);
    requireCount(proto, count, shape.size(), "elements");
    ByteBuffer out = Tensor.allocate((long) count * type.bytes());
    IntConsumer put =
        switch (type) {
          case FLOAT -> i -> out.putFloat(proto.getFloatData(i));
          case DOUBLE -> i -> out.putDouble(proto.getDoubleData(i));
          case INT64 -> i -> out.putLong(proto.getInt64Data(i));
          case UINT64 -> i -> out.putLong(proto.getUint64Data(i));
          case UINT32 -> i -> out.putInt((int) proto.getUint64Data(i));
          case INT32 -> i -> out.putInt(proto.getInt32Data(i));
          case INT16, UINT16, FLOAT16, BFLOAT16 -> i -> out.putShort((short) proto.getInt32Data(i));
          case INT8, UINT8 -> i -> out.put((byte) proto.getInt32Data(i));
          case BOOL -> i -> out.put((byte) (proto.getInt32Data(i) != 0 ? 1 : 0));
        };
    for (int i = 0; i < count; i++) {
      put.accept(i);
    }
    return Tensor.of(type, shape, out.flip());
  }

  private static int count(TensorProto proto, DataType type) {
    return switch (type) {
      case FLOAT -> proto.getFloatDataCount();
      case DOUBLE -> proto.getDoubleDataCount();
      case INT64 -> proto.getInt64DataCount();
      case UINT32, UINT64 -> proto.getUint64DataCount();
      default -> proto.getInt32DataCount();
    };
  }

  private static void requireCount(TensorProto proto, long count, long expected, String what) {
    if (count != expected) {
      List<Long> dims = proto.getDimsList();
      throw refused(
          proto, "has " + count + " " + what + " where its shape " + dims + " needs " + expected);
    }
  }

  private static ModelException refused(TensorProto proto, String problem) {
    String name = proto.getName().isEmpty() ? "a constant" : "the weight " + proto.getName();
    return new ModelException(name + " " + problem);
  }
}
