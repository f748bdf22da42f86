package dev.picasso.graph.layout;

import dev.picasso.graph.Attributes;
import dev.picasso.graph.DataType;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Tensor;
import dev.picasso.graph.Value;
import java.util.Arrays;

/**
 * ONNX Runtime's layout for convolutions, in blocks of 8 or 16 channels. Convolutions make and read
 * it; sums, products and concatenations of values that all have it keep it. One value without it is
 * enough for all behind it to be copied out of the blocks and back before every convolution, so
 * what other operators make is led through a convolution that changes nothing.
 */
public final class ChannelBlocks {
  /** Depthwise convolutions need whole blocks. */
  private static final int CHANNELS = 16;

  private ChannelBlocks() {}

  /** Whether an image can be in blocks. */
  public static boolean fit(Value x) {
    return x.type() == DataType.FLOAT && x.rank() == 4 && x.dim(1) > 0 && x.dim(1) % CHANNELS == 0;
  }

  /** The same values, in blocks where they can be. */
  public static Value enter(GraphBuilder g, Value x) {
    if (!fit(x)) {
      return x;
    }
    float[] ones = new float[Math.toIntExact(x.dim(1))];
    Arrays.fill(ones, 1);
    Attributes each = Attributes.of("group", x.dim(1)).with("kernel_shape", new long[] {1, 1});
    // The shape is told: of a part of an image only the run knows how large it is.
    return g.shaped(
        "Conv", each, x.type(), x.shape(), x, g.constant(Tensor.of(ones, x.dim(1), 1, 1, 1)));
  }

  /**
   * One number for each channel over all rows and columns of an image.
   *
   * @param gate [N, C, 1, 1]
   * @param image [N, C, H, W] of known height and width
   */
  public static Value stretched(GraphBuilder g, Value gate, Value image) {
    return g.repeatPixels(gate, image.dim(2), image.dim(3));
  }
}
