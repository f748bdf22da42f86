package dev.picasso.belief;

import java.util.BitSet;

/** An image of which pixels are taken out, with something in their place. */
@FunctionalInterface
public interface Filling {
  /**
   * The image without some of its pixels, in all channels.
   *
   * @param removed pixels, counted row by row
   * @return new numbers in the layout of the model's input
   */
  float[] without(BitSet removed);
}
