package dev.picasso.format.npy;

import dev.picasso.PicassoException;
import dev.picasso.WholeFile;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Reads and writes NumPy's .npy files. Read are versions 1 to 3, numbers and booleans of every
 * size, both byte orders, C and Fortran order; what follows the array is left alone, as NumPy does.
 * Written are 32-bit floats in C order, version 1.
 */
public final class NpyFile {
  private NpyFile() {}

  /**
   * The array of a file, with the element type of the file.
   *
   * @throws PicassoException if there is none; the message names the file
   */
  public static Tensor read(Path path) {
    if (!Files.exists(path)) {
      throw new PicassoException(path + ": there is no such file.");
    }
    if (Files.isDirectory(path)) {
      throw new PicassoException(path + ": this is a folder, not a NumPy array file (.npy).");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      // A pipe has no size; its bytes are counted as they come.
      boolean sized = Files.isRegularFile(path);
      return read(
          path.toString(), in, sized ? OptionalLong.of(Files.size(path)) : OptionalLong.empty());
    } catch (IOException e) {
      throw unreadable(path.toString(), e);
    }
  }

  /**
   * The array that a stream begins with.
   *
   * @param name what messages call the stream
   * @throws PicassoException if there is none
   */
  public static Tensor read(String name, InputStream in) {
    try {
      return read(name, in, OptionalLong.empty());
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static Tensor read(String name, InputStream in, OptionalLong fileSize)
      throws IOException {
    NpyHeader header = NpyHeader.read(name, in);
    long bytes = header.dataBytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new PicassoException(
          name + ": the array " + header.shape() + " has more than 2 GB; save it in parts.");
    }
    long present = fileSize.isPresent() ? fileSize.getAsLong() - header.length() : bytes;
    if (present < bytes) {
      throw cutOff(name, header, present);
    }
    ByteBuffer data =
        fileSize.isPresent()
            ? fill(Tensor.allocate(bytes), in)
            : ByteBuffer.wrap(in.readNBytes((int) bytes));
    if (data.remaining() < bytes) {
      throw cutOff(name, header, data.remaining());
    }
    ByteBuffer ordered = header.bigEndian() ? swapped(data, header.type().bytes()) : data;
    return header.fortranOrder()
        ? fromFortran(header.type(), header.shape(), ordered)
        : Tensor.of(header.type(), header.shape(), ordered);
  }

  private static ByteBuffer fill(ByteBuffer data, InputStream in) throws IOException {
    ReadableByteChannel channel = Channels.newChannel(in);
    while (data.hasRemaining() && channel.read(data) >= 0) {
      // read on
    }
    return data.flip();
  }

  private static ByteBuffer swapped(ByteBuffer data, int width) {
    ByteBuffer out = Tensor.allocate(data.remaining());
    for (int i = 0; i < data.remaining(); i += width) {
      for (int b = width - 1; b >= 0; b--) {
        out.put(data.get(i + b));
      }
    }
    return out.flip();
  }

  /** First axis fastest in the file; last axis fastest in a tensor. */
  private static Tensor fromFortran(DataType type, Shape shape, ByteBuffer data) {
    int rank = shape.rank();
    int width = type.bytes();
    int[] strides = new int[rank];
    int stride = width;
    for (int axis = 0; axis < rank; axis++) {
      strides[axis] = stride;
      stride *= (int) shape.dim(axis);
    }
    ByteBuffer out = Tensor.allocate(data.remaining());
    int[] index = new int[rank];
    while (out.hasRemaining()) {
      int at = 0;
      for (int axis = 0; axis < rank; axis++) {
        at += index[axis] * strides[axis];
      }
      for (int b = 0; b < width; b++) {
        out.put(data.get(at + b));
      }
      for (int axis = rank - 1; axis >= 0 && ++index[axis] == shape.dim(axis); axis--) {
        index[axis] = 0;
      }
    }
    return Tensor.of(type, shape, out.flip());
  }

  /**
   * Writes a tensor as 32-bit floats, replacing what was there.
   *
   * @throws PicassoException if the file cannot be written
   */
  public static void write(Path path, Tensor tensor) {
    WholeFile.write(path, out -> write(out, tensor));
  }

  /** Writes a tensor as 32-bit floats; the stream stays open. */
  public static void write(OutputStream out, Tensor tensor) throws IOException {
    out.write(header(tensor.shape()));
    ByteBuffer data = tensor.as(DataType.FLOAT).bytes();
    byte[] block = new byte[Math.min(65_536, data.remaining())];
    while (data.hasRemaining()) {
      int n = Math.min(block.length, data.remaining());
      data.get(block, 0, n);
      out.write(block, 0, n);
    }
  }

  /** The bytes of a .npy file of 32-bit floats. */
  public static byte[] bytes(Tensor tensor) {
    var out = new java.io.ByteArrayOutputStream();
    try {
      write(out, tensor);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }

  private static byte[] header(Shape shape) {
    String dims =
        Arrays.stream(shape.dims()).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String tuple = shape.rank() == 1 ? dims + "," : dims;
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + tuple + "), }";
    // As NumPy does: room for the first dimension to grow to 21 digits, then numbers at a multiple
    // of 64 bytes after a line feed.
    int room = shape.rank() == 0 ? 0 : 21 - Long.toString(shape.dim(0)).length();
    int length = (10 + text.length() + room + 1 + 63) / 64 * 64 - 10;
    ByteBuffer header = Tensor.allocate(10 + length);
    header.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) length);
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    while (header.remaining() > 1) {
      header.put((byte) ' ');
    }
    byte[] bytes = new byte[header.put((byte) '\n').flip().remaining()];
    header.get(bytes);
    return bytes;
  }

  private static PicassoException cutOff(String name, NpyHeader header, long present) {
    return new PicassoException(
        "%s: the file is cut off: %s%s takes %d bytes, %d are there."
            .formatted(name, header.type(), header.shape(), header.dataBytes(), present));
  }

  private static PicassoException unreadable(String name, IOException e) {
    return new PicassoException(name + ": cannot be read (" + e.getMessage() + ").", e);
  }
}
