package dev.picasso.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * An immutable dense array in row-major order. Its bytes lie little-endian in a direct buffer that
 * graphs, derived graphs and runtime sessions share; it is never copied per pass.
 */
public final class Tensor {
  private final DataType type;
  private final Shape shape;
  private final ByteBuffer data;

  private Tensor(DataType type, Shape shape, ByteBuffer data) {
    this.type = type;
    this.shape = shape;
    this.data = data;
  }

  /**
   * A tensor over the remaining bytes of a buffer, which the caller no longer changes.
   *
   * @throws IllegalArgumentException if the bytes are not as many as type and shape say
   */
  public static Tensor of(DataType type, Shape shape, ByteBuffer bytes) {
    long expected = Math.multiplyExact(shape.size(), type.bytes());
    if (bytes.remaining() != expected) {
      throw new IllegalArgumentException(
          "a tensor of " + type + shape + " has " + expected + " bytes, not " + bytes.remaining());
    }
    ByteBuffer direct =
        bytes.isDirect() ? bytes.slice() : allocate(expected).put(bytes.slice()).flip();
    return new Tensor(type, shape, direct.order(ByteOrder.LITTLE_ENDIAN).asReadOnlyBuffer());
  }

  /**
   * A tensor over the bytes of a file where they lie, if that saves memory and the processor can
   * read them there; else over a copy, so that few of them do not keep the whole file in memory.
   *
   * @param large from how many bytes on they are used where they lie
   */
  public static Tensor sharing(DataType type, Shape shape, ByteBuffer bytes, int large) {
    boolean usable =
        bytes.isDirect()
            && bytes.remaining() >= large
            && bytes.alignmentOffset(bytes.position(), type.bytes()) == 0;
    return of(type, shape, usable ? bytes : allocate(bytes.remaining()).put(bytes).flip());
  }

  public static Tensor of(float[] values, long... dims) {
    ByteBuffer bytes = allocate(4L * values.length);
    bytes.asFloatBuffer().put(values);
    return of(DataType.FLOAT, Shape.of(dims), bytes);
  }

  public static Tensor of(long[] values, long... dims) {
    ByteBuffer bytes = allocate(8L * values.length);
    bytes.asLongBuffer().put(values);
    return of(DataType.INT64, Shape.of(dims), bytes);
  }

  public static Tensor of(boolean[] values, long... dims) {
    ByteBuffer bytes = allocate(values.length);
    for (boolean value : values) {
      bytes.put((byte) (value ? 1 : 0));
    }
    return of(DataType.BOOL, Shape.of(dims), bytes.flip());
  }

  public static Tensor scalar(float value) {
    return of(new float[] {value});
  }

  public static Tensor scalar(long value) {
    return of(new long[] {value});
  }

  /** A vector of 64-bit integers: shapes, axes, pads. */
  public static Tensor longs(long... values) {
    return of(values, values.length);
  }

  /** A new direct little-endian buffer for the bytes of a tensor. */
  public static ByteBuffer allocate(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  public DataType type() {
    return type;
  }

  public Shape shape() {
    return shape;
  }

  public long size() {
    return shape.size();
  }

  /** A read-only little-endian view of all bytes, with a position of its own. */
  public ByteBuffer bytes() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A read-only view; for FLOAT tensors only. */
  public FloatBuffer floatBuffer() {
    require(DataType.FLOAT);
    return bytes().asFloatBuffer();
  }

  /** The elements converted to float; booleans become 0 and 1. */
  public float[] floats() {
    float[] values = new float[Math.toIntExact(size())];
    if (type == DataType.FLOAT) {
      floatBuffer().get(values);
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) number(i);
      }
    }
    return values;
  }

  /** The elements converted to 64-bit integers, fractions cut off. */
  public long[] longs() {
    long[] values = new long[Math.toIntExact(size())];
    if (type == DataType.INT64) {
      bytes().asLongBuffer().get(values);
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = (long) number(i);
      }
    }
    return values;
  }

  /** The same elements in another shape of the same size. */
  public Tensor reshaped(long... dims) {
    return of(type, Shape.of(dims), bytes());
  }

  /** The same values as elements of another type; fractions are cut off for integers. */
  public Tensor as(DataType target) {
    return target == type ? this : Elements.convert(this, target);
  }

  /** Element i in row-major order. */
  double number(int i) {
    return Elements.number(type, data, i);
  }

  private void require(DataType expected) {
    if (type != expected) {
      throw new IllegalStateException("the tensor holds " + type + ", not " + expected);
    }
  }

  @Override
  public String toString() {
    return type + shape.toString();
  }
}
