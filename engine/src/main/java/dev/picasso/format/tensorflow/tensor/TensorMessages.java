package dev.picasso.format.tensorflow.tensor;

import com.google.protobuf.ByteString;
import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import org.tensorflow.proto.TensorProto;

/** {@code TensorProto}: numbers as one block of bytes, or as a list of a field of their type. */
public final class TensorMessages {
  /** A list may be shorter than the tensor and its last number stand for the rest, up to here. */
  private static final int MOST_REPEATED = 1 << 28; // bytes

  /** Numbers of so many bytes and more are used where they lie. */
  private static final int LARGE = 1 << 16;

  private TensorMessages() {}

  /**
   * The tensor, over the message's own bytes where these lie in direct memory, aligned.
   *
   * @param what what holds it, as messages begin: "graph.pb: the node w (Const)"
   * @throws ModelException if it holds no numbers, or not as many as its shape says
   */
  public static Tensor read(String what, TensorProto proto) {
    DataType type = type(what, proto);
    Shape shape = TensorShapes.stored(what, proto.getTensorShape());
    int length = TensorShapes.bytes(what, type, shape);
    ByteString content = proto.getTensorContent();
    if (!content.isEmpty()) {
      if (content.size() != length) {
        throw new ModelException(
            what
                + " holds "
                + content.size()
                + " bytes; its shape "
                + shape
                + " needs "
                + length
                + ".");
      }
      return Tensor.sharing(type, shape, content.asReadOnlyByteBuffer(), LARGE);
    }
    int count = length / type.bytes();
    int listed = listed(type, proto);
    if (listed > count || (listed != count && length > MOST_REPEATED)) {
      throw new ModelException(
          what + " holds " + listed + " numbers; its shape " + shape + " needs " + count + ".");
    }
    ByteBuffer bytes = Tensor.allocate(length);
    putListed(type, proto, bytes);
    fill(bytes, type.bytes(), length);
    return Tensor.of(type, shape, bytes.clear());
  }

  /**
   * The numbers of a message that lists each of them, as the first format of checkpoints does.
   *
   * @param count how many there must be
   * @return little-endian bytes
   */
  public static ByteBuffer listed(String what, DataType type, TensorProto proto, int count) {
    int listed = listed(type, proto);
    if (listed != count) {
      throw new ModelException(
          what + " holds " + listed + " numbers where it needs " + count + ".");
    }
    ByteBuffer bytes = Tensor.allocate((long) count * type.bytes());
    putListed(type, proto, bytes);
    return bytes.flip();
  }

  private static DataType type(String what, TensorProto proto) {
    return ElementTypes.of(proto.getDtype())
        .orElseThrow(
            () ->
                new ModelException(
                    what + " holds the type " + proto.getDtype() + ", which are no numbers."));
  }

  /** How many numbers the field for that type lists. */
  private static int listed(DataType type, TensorProto proto) {
    return switch (type) {
      case FLOAT -> proto.getFloatValCount();
      case DOUBLE -> proto.getDoubleValCount();
      case FLOAT16, BFLOAT16 -> proto.getHalfValCount();
      case INT64 -> proto.getInt64ValCount();
      case UINT32 -> proto.getUint32ValCount();
      case UINT64 -> proto.getUint64ValCount();
      case BOOL -> proto.getBoolValCount();
      case INT8, INT16, INT32, UINT8, UINT16 -> proto.getIntValCount();
    };
  }

  private static void putListed(DataType type, TensorProto proto, ByteBuffer out) {
    IntConsumer put =
        switch (type) {
          case FLOAT -> i -> out.putFloat(proto.getFloatVal(i));
          case DOUBLE -> i -> out.putDouble(proto.getDoubleVal(i));
          case FLOAT16, BFLOAT16 -> i -> out.putShort((short) proto.getHalfVal(i));
          case INT64 -> i -> out.putLong(proto.getInt64Val(i));
          case UINT32 -> i -> out.putInt(proto.getUint32Val(i));
          case UINT64 -> i -> out.putLong(proto.getUint64Val(i));
          case BOOL -> i -> out.put((byte) (proto.getBoolVal(i) ? 1 : 0));
          case INT32 -> i -> out.putInt(proto.getIntVal(i));
          case INT16, UINT16 -> i -> out.putShort((short) proto.getIntVal(i));
          case INT8, UINT8 -> i -> out.put((byte) proto.getIntVal(i));
        };
    int count = listed(type, proto);
    for (int i = 0; i < count; i++) {
      put.accept(i);
    }
  }

  /** Repeats the last number to the end; without any, the rest stays zero. */
  private static void fill(ByteBuffer bytes, int width, int length) {
    int written = bytes.position();
    if (written == 0) {
      return;
    }
    for (int at = written; at < length; at++) {
      bytes.put(at, bytes.get(at - width));
    }
  }
}
