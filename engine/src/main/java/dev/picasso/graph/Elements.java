package dev.picasso.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads and writes single elements of every data type. */
final class Elements {
  private Elements() {}

  static double number(DataType type, ByteBuffer data, int i) {
    ByteBuffer bytes = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int at = i * type.bytes();
    return switch (type) {
      case FLOAT -> bytes.getFloat(at);
      case DOUBLE -> bytes.getDouble(at);
      case FLOAT16 -> halfToFloat(bytes.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(at) << 16);
      case INT8 -> bytes.get(at);
      case UINT8, BOOL -> bytes.get(at) & 0xFF;
      case INT16 -> bytes.getShort(at);
      case UINT16 -> bytes.getShort(at) & 0xFFFF;
      case INT32 -> bytes.getInt(at);
      case UINT32 -> bytes.getInt(at) & 0xFFFFFFFFL;
      case INT64, UINT64 -> bytes.getLong(at);
    };
  }

  static Tensor convert(Tensor tensor, DataType target) {
    int n = Math.toIntExact(tensor.size());
    ByteBuffer out = Tensor.allocate((long) n * target.bytes());
    for (int i = 0; i < n; i++) {
      put(target, out, tensor.number(i));
    }
    return Tensor.of(target, tensor.shape(), out.flip());
  }

  private static void put(DataType type, ByteBuffer out, double value) {
    switch (type) {
      case FLOAT -> out.putFloat((float) value);
      case DOUBLE -> out.putDouble(value);
      case FLOAT16 -> out.putShort(floatToHalf((float) value));
      case BFLOAT16 -> out.putShort(floatToBrain((float) value));
      case INT8, UINT8 -> out.put((byte) (long) value);
      case BOOL -> out.put((byte) (value != 0 ? 1 : 0));
      case INT16, UINT16 -> out.putShort((short) (long) value);
      case INT32, UINT32 -> out.putInt((int) (long) value);
      case INT64, UINT64 -> out.putLong((long) value);
    }
  }

  /** The upper half of an IEEE 754 binary32, rounded to nearest even. */
  static short floatToBrain(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  /** IEEE 754 binary16 to binary32. */
  static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1F;
    int mantissa = half & 0x3FF;
    if (exponent == 0) {
      float magnitude = mantissa * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int bits = exponent == 31 ? 0x7F800000 : (exponent + 112) << 23;
    return Float.intBitsToFloat(sign | bits | mantissa << 13);
  }

  /** IEEE 754 binary32 to binary16, rounded to nearest even. */
  static short floatToHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7E00);
    }
    if (magnitude >= 65520f) {
      return (short) (sign | 0x7C00);
    }
    if (magnitude < 0x1p-14f) {
      return (short) (sign | (int) Math.rint(magnitude / 0x1p-24f));
    }
    int rounded = (bits & 0x7FFFFFFF) + 0xFFF + ((bits >> 13) & 1);
    return (short) (sign | ((rounded >> 13) - (112 << 10)));
  }
}
