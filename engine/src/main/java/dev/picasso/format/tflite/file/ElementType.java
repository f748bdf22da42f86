package dev.picasso.format.tflite.file;

import java.util.Optional;

/** TensorFlow Lite's types of elements, in the order of the schema's {@code TensorType}. */
public enum ElementType {
  FLOAT32(32),
  FLOAT16(16),
  INT32(32),
  UINT8(8),
  INT64(64),
  STRING(0),
  BOOL(8),
  INT16(16),
  COMPLEX64(0),
  INT8(8),
  FLOAT64(64),
  COMPLEX128(0),
  UINT64(64),
  RESOURCE(0),
  VARIANT(0),
  UINT32(32),
  UINT16(16),
  INT4(4),
  BFLOAT16(16),
  INT2(2),
  UINT4(4);

  private final int bits;

  ElementType(int bits) {
    this.bits = bits;
  }

  /** Bits of one element; 0 for what an image classifier does not compute with. */
  public int bits() {
    return bits;
  }

  public boolean isFloating() {
    return this == FLOAT32 || this == FLOAT16 || this == FLOAT64 || this == BFLOAT16;
  }

  /** The least number that an integer of at most 16 bits can be. */
  public long least() {
    return isUnsigned() ? 0 : -(1L << (bits - 1));
  }

  /** The greatest number that an integer of at most 16 bits can be. */
  public long greatest() {
    return isUnsigned() ? (1L << bits) - 1 : (1L << (bits - 1)) - 1;
  }

  private boolean isUnsigned() {
    return name().startsWith("U") || this == BOOL;
  }

  static Optional<ElementType> ofCode(int code) {
    return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
  }
}
