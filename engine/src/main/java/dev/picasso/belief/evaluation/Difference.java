package dev.picasso.belief.evaluation;

import dev.picasso.belief.Measure;

/**
 * How much larger a number is for one method than for another, on the same images: that the images
 * are the same takes what one image differs from others out of the comparison.
 *
 * @param name check and measure, as in "deletion.area"
 * @param better which way is better
 * @param difference mean of first − second over the images that have both
 */
public record Difference(
    String name, Measure.Better better, String first, String second, Estimate difference) {

  /** What it says of the two, in words. */
  public String words() {
    if (!difference.hasInterval()) {
      return difference.doubt().orElse("");
    }
    if (difference.low() <= 0 && difference.high() >= 0) {
      return "these images do not tell them apart";
    }
    boolean larger = difference.mean() > 0;
    return switch (better) {
      case HIGHER -> (larger ? first : second) + " is better";
      case LOWER -> (larger ? second : first) + " is better";
      case NEITHER -> (larger ? first : second) + " has more";
    };
  }
}
