package dev.picasso.image.draw;

/**
 * Which numbers get which colours.
 *
 * @param low the number of the first colour
 * @param high the number of the last colour; where it is no larger than low, all numbers get the
 *     first colour, or of a diverging map the neutral one
 */
public record Scale(ColourMap colours, double low, double high) {
  /** The colour of a number, 0xRRGGBB. */
  public int rgb(float value) {
    if (!(high > low)) {
      return colours.rgb(colours == ColourMap.DIVERGING ? .5 : 0);
    }
    return colours.rgb((value - low) / (high - low));
  }
}
