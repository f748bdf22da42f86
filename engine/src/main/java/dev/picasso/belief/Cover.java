package dev.picasso.belief;

import dev.picasso.model.InputSpec;
import java.util.BitSet;

/**
 * A filling that knows what stands at each place, whichever pixels are taken out.
 *
 * @param input how the model takes images
 * @param image as the model is fed with it
 * @param cover of the same layout
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Cover(InputSpec input, float[] image, float[] cover) implements Filling {
  @Override
  public float[] without(BitSet removed) {
    float[] out = image.clone();
    for (int i = removed.nextSetBit(0); i >= 0; i = removed.nextSetBit(i + 1)) {
      for (int c = 0; c < input.channels(); c++) {
        int at = i * input.pixelStride() + c * input.channelStride();
        out[at] = cover[at];
      }
    }
    return out;
  }
}
