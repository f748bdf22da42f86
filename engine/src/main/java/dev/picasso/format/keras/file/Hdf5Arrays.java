package dev.picasso.format.keras.file;

import dev.picasso.format.ModelException;
import dev.picasso.graph.DataType;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/** Numbers of an HDF5 data set as a tensor of floats. */
final class Hdf5Arrays {
  /** Deflate makes at most 1032 bytes of one. */
  private static final long HIGHEST_COMPRESSION = 1032;

  private Hdf5Arrays() {}

  static Tensor read(String file, String path, Dataset dataset, long fileLength) {
    long[] dims = IntStream.of(dataset.getDimensions()).asLongStream().toArray();
    long count = 1;
    for (long dim : dims) {
      count = Math.multiplyExact(count, dim);
    }
    boolean packed = !(dataset instanceof ContiguousDataset);
    long width = dataset.getDataType().getSize();
    long bytes = Math.multiplyExact(count, width);
    if (bytes > fileLength * (packed ? HIGHEST_COMPRESSION : 1) || count * 4 > Integer.MAX_VALUE) {
      throw new ModelException(
          file + ": the weights " + path + " claim " + bytes + " bytes; the file is damaged.");
    }
    if (count == 0) {
      return Tensor.of(new float[0], dims);
    }
    ByteBuffer out = Tensor.allocate(4 * count);
    if (dataset.getDataType() instanceof StringData && width == 2) {
      if (!(dataset instanceof ContiguousDataset contiguous)) {
        throw new ModelException(
            file + ": the weights " + path + " are bfloat16 and packed, which cannot be read.");
      }
      fromHalves(contiguous.getBuffer(), out);
      return Tensor.of(DataType.FLOAT, Shape.of(dims), out.flip());
    }
    if (dataset instanceof ContiguousDataset contiguous
        && dataset.getDataType() instanceof FloatingPoint type
        && type.getByteOrder() == ByteOrder.LITTLE_ENDIAN
        && width == 4) {
      ByteBuffer source = contiguous.getBuffer();
      out.put(source.slice(source.position(), Math.toIntExact(4 * count)));
    } else {
      copy(file, path, dataset.getDataFlat(), out);
    }
    return Tensor.of(DataType.FLOAT, Shape.of(dims), out.flip());
  }

  /** A bfloat16 is the upper half of a float. */
  private static void fromHalves(ByteBuffer halves, ByteBuffer out) {
    ByteBuffer source = halves.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    while (source.remaining() >= 2 && out.hasRemaining()) {
      out.putInt(source.getShort() << 16);
    }
  }

  private static void copy(String file, String path, Object data, ByteBuffer out) {
    if (data instanceof float[] floats) {
      out.asFloatBuffer().put(floats);
      out.position(4 * floats.length);
      return;
    }
    if (!data.getClass().isArray() && data instanceof Number number) {
      out.putFloat(number.floatValue());
      return;
    }
    for (int i = 0; data.getClass().isArray() && i < Array.getLength(data); i++) {
      if (!(Array.get(data, i) instanceof Number number)) {
        throw new ModelException(file + ": the weights " + path + " are no numbers.");
      }
      out.putFloat(number.floatValue());
    }
  }
}
