package dev.picasso.format.layout;

import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.stream.LongStream;

/** The spatial axes of images, sequences and volumes: N×C×D1×…×Dn inside. */
public final class Spatial {
  private Spatial() {}

  /** The lengths of the spatial axes of N×C×D1×…×Dn. */
  public static long[] sizes(Value x) {
    return Arrays.copyOfRange(x.shape().dims(), 2, x.rank());
  }

  /**
   * The amounts before, then after, each axis that TensorFlow's SAME means: as many outputs as
   * strides begin inside, the odd one after.
   */
  public static long[] samePads(long[] sizes, long[] kernel, long[] strides, long[] dilations) {
    int n = sizes.length;
    long[] pads = new long[2 * n];
    for (int i = 0; i < n; i++) {
      long outputs = (sizes[i] + strides[i] - 1) / strides[i];
      long extent = (kernel[i] - 1) * dilations[i] + 1;
      long total = Math.max((outputs - 1) * strides[i] + extent - sizes[i], 0);
      pads[i] = total / 2;
      pads[n + i] = total - total / 2;
    }
    return pads;
  }

  public static long[] ones(int n) {
    return LongStream.generate(() -> 1).limit(n).toArray();
  }

  /** Amounts around the spatial axes as amounts around all axes. */
  public static long[] aroundAll(long[] before, long[] after) {
    int n = before.length;
    long[] pads = new long[2 * n + 4];
    System.arraycopy(before, 0, pads, 2, n);
    System.arraycopy(after, 0, pads, n + 4, n);
    return pads;
  }

  /** A vector over the channels in a shape that fits N×C×D1×…×Dn. */
  public static Shape channelShape(int rank, long channels) {
    long[] dims = ones(rank);
    dims[1] = channels;
    return Shape.of(dims);
  }
}
