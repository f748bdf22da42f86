package dev.picasso.format.keras.layers;

import dev.picasso.format.keras.walk.Inputs;
import dev.picasso.format.keras.walk.LaidOut;
import dev.picasso.format.keras.walk.Layer;
import dev.picasso.format.keras.walk.Unsupported;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Value;
import java.util.Arrays;
import java.util.stream.LongStream;

/** What layers over images, sequences and volumes have in common: N×C×D1×…×Dn inside. */
public final class Spatial {
  private Spatial() {}

  /** The input with its channels at axis 1, whatever the layer's own layout. */
  static Value open(GraphBuilder g, Layer layer, Inputs inputs, int axes) {
    LaidOut x = inputs.only();
    if (x.rank() != axes + 2) {
      throw new Unsupported(
          "its input has the shape " + x.shape() + "; " + (axes + 2) + " axes are needed.");
    }
    return layer.channelsLast() ? x.channelsFirst(g) : x.logical(g);
  }

  /** The output of a layer that was given {@link #open}. */
  static LaidOut close(Layer layer, Value y) {
    return layer.channelsLast() ? LaidOut.moved(y) : LaidOut.asIs(y);
  }

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
  static long[] aroundAll(long[] before, long[] after) {
    int n = before.length;
    long[] pads = new long[2 * n + 4];
    System.arraycopy(before, 0, pads, 2, n);
    System.arraycopy(after, 0, pads, n + 4, n);
    return pads;
  }

  /** A vector over the channels in a shape that fits N×C×D1×…×Dn. */
  static Shape channelShape(int rank, long channels) {
    long[] dims = ones(rank);
    dims[1] = channels;
    return Shape.of(dims);
  }
}
