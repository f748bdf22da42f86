package dev.picasso.format.tensorflow.tensor;

import dev.picasso.graph.DataType;
import java.util.Optional;

/** TensorFlow's element types. */
public final class ElementTypes {
  /** The types of references have the code of what they refer to plus this. */
  private static final int REFERENCE = 100;

  private ElementTypes() {}

  /**
   * The type of the graph with the same elements, bit by bit; empty for texts, complex numbers,
   * resources and variants. Of numbers of few bits these are the codes, whose range stands
   * elsewhere.
   */
  public static Optional<DataType> of(org.tensorflow.proto.DataType type) {
    return switch (plain(type)) {
      case DT_FLOAT -> Optional.of(DataType.FLOAT);
      case DT_DOUBLE -> Optional.of(DataType.DOUBLE);
      case DT_HALF -> Optional.of(DataType.FLOAT16);
      case DT_BFLOAT16 -> Optional.of(DataType.BFLOAT16);
      case DT_INT8, DT_QINT8 -> Optional.of(DataType.INT8);
      case DT_INT16, DT_QINT16 -> Optional.of(DataType.INT16);
      case DT_INT32, DT_QINT32 -> Optional.of(DataType.INT32);
      case DT_INT64 -> Optional.of(DataType.INT64);
      case DT_UINT8, DT_QUINT8 -> Optional.of(DataType.UINT8);
      case DT_UINT16, DT_QUINT16 -> Optional.of(DataType.UINT16);
      case DT_UINT32 -> Optional.of(DataType.UINT32);
      case DT_UINT64 -> Optional.of(DataType.UINT64);
      case DT_BOOL -> Optional.of(DataType.BOOL);
      default -> Optional.empty();
    };
  }

  /** What a reference refers to; other types are themselves. */
  public static org.tensorflow.proto.DataType plain(org.tensorflow.proto.DataType type) {
    if (type == org.tensorflow.proto.DataType.UNRECOGNIZED || type.getNumber() <= REFERENCE) {
      return type;
    }
    org.tensorflow.proto.DataType plain =
        org.tensorflow.proto.DataType.forNumber(type.getNumber() - REFERENCE);
    return plain == null ? type : plain;
  }
}
