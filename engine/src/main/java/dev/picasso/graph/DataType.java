package dev.picasso.graph;

import java.util.Arrays;
import java.util.Optional;

/** Element types of tensors, with their size and their code in ONNX's {@code TensorProto}. */
public enum DataType {
  FLOAT(4, 1),
  UINT8(1, 2),
  INT8(1, 3),
  UINT16(2, 4),
  INT16(2, 5),
  INT32(4, 6),
  INT64(8, 7),
  BOOL(1, 9),
  FLOAT16(2, 10),
  DOUBLE(8, 11),
  UINT32(4, 12),
  UINT64(8, 13),
  BFLOAT16(2, 16);

  private final int bytes;
  private final int onnxCode;

  DataType(int bytes, int onnxCode) {
    this.bytes = bytes;
    this.onnxCode = onnxCode;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** The value of {@code TensorProto.DataType} for this type. */
  public int onnxCode() {
    return onnxCode;
  }

  public boolean isFloating() {
    return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
  }

  /** The type with that ONNX code; empty for types no image classifier computes with. */
  public static Optional<DataType> ofOnnxCode(int code) {
    return Arrays.stream(values()).filter(t -> t.onnxCode == code).findFirst();
  }
}
