package dev.picasso.format.tensorflow.checkpoint;

import dev.picasso.format.ModelException;
import dev.picasso.graph.Shape;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.TensorSliceProto;

/**
 * A part of a variable: along each axis a start and a length.
 *
 * @param start where it begins, one number for each axis
 * @param shape how long it is
 */
record Slice(List<Long> start, Shape shape) {
  private static final long ALL = -1;

  Slice {
    start = List.copyOf(start);
  }

  /**
   * A slice of a variable of that shape.
   *
   * @throws ModelException if it reaches out of the variable
   */
  static Slice of(String what, Shape whole, TensorSliceProto proto) {
    if (proto.getExtentCount() != whole.rank()) {
      throw new ModelException(what + " has a part of another number of axes than " + whole + ".");
    }
    List<Long> start = new ArrayList<>();
    long[] dims = new long[whole.rank()];
    for (int i = 0; i < dims.length; i++) {
      TensorSliceProto.Extent extent = proto.getExtent(i);
      start.add(extent.getStart());
      dims[i] = extent.hasLength() ? extent.getLength() : whole.dim(i) - extent.getStart();
      if (extent.getStart() < 0 || dims[i] < 0 || extent.getStart() > whole.dim(i) - dims[i]) {
        throw new ModelException(what + " has a part that reaches out of its shape " + whole + ".");
      }
    }
    return new Slice(start, Shape.of(dims));
  }

  /**
   * The key under which a table keeps a slice: zero, the name, the number of axes, and start and
   * length of each, in an encoding whose bytes are ordered as the numbers are (OrderedCode).
   */
  static byte[] key(String name, TensorSliceProto slice) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    putCount(out, 0);
    putText(out, name);
    putCount(out, slice.getExtentCount());
    for (TensorSliceProto.Extent extent : slice.getExtentList()) {
      putSigned(out, extent.getStart());
      putSigned(out, extent.hasLength() ? extent.getLength() : ALL);
    }
    return out.toByteArray();
  }

  /** Zero is the end of a text, so that zeros inside, and the byte 255, are marked. */
  private static void putText(ByteArrayOutputStream out, String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      out.write(b);
      if (b == 0) {
        out.write(0xFF);
      } else if (b == (byte) 0xFF) {
        out.write(0);
      }
    }
    out.write(0);
    out.write(1);
  }

  /** The number of its bytes, and these from the highest on. */
  private static void putCount(ByteArrayOutputStream out, int number) {
    int bytes = (39 - Integer.numberOfLeadingZeros(number)) / 8;
    out.write(bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(number >>> (8 * i));
    }
  }

  /**
   * Two's complement in n bytes, of which the first n bits are exclusive-ored with ones: for a
   * number that is not negative these are n ones and a zero, else n zeros and a one.
   */
  private static void putSigned(ByteArrayOutputStream out, long number) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(number < 0 ? ~number : number);
    int length = (bits + 7) / 7;
    BigInteger ones =
        BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE).shiftLeft(7 * length);
    byte[] bytes = BigInteger.valueOf(number).xor(ones).toByteArray();
    // sign-extended or cut to the length
    for (int i = length; i > 0; i--) {
      int at = bytes.length - i;
      out.write(at >= 0 ? bytes[at] : bytes[0] < 0 ? 0xFF : 0);
    }
  }

  /** Copies the numbers of this part, all in a row, to where they belong in the whole. */
  void copy(ByteBuffer part, ByteBuffer whole, Shape wholeShape, int width) {
    if (shape.size() > 0) {
      copy(part.duplicate(), whole, wholeShape, width, 0, 0);
    }
  }

  private void copy(ByteBuffer part, ByteBuffer whole, Shape all, int width, int axis, long row) {
    if (axis == all.rank()) {
      whole.put((int) (row * width), part, part.position(), width);
      part.position(part.position() + width);
      return;
    }
    long first = row * all.dim(axis) + start.get(axis);
    if (axis == all.rank() - 1) {
      int run = (int) (shape.dim(axis) * width);
      whole.put((int) (first * width), part, part.position(), run);
      part.position(part.position() + run);
      return;
    }
    for (long i = 0; i < shape.dim(axis); i++) {
      copy(part, whole, all, width, axis + 1, first + i);
    }
  }
}
