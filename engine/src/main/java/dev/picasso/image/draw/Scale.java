package dev.picasso.image.draw;

import dev.picasso.Words;
import dev.picasso.image.HeatMap;
import java.util.List;

/**
 * Which numbers get which colours.
 *
 * @param low the number of the first colour
 * @param high the number of the last colour; where it is no larger than low, all numbers get the
 *     first colour, or of a diverging map the neutral one
 * @param percentile of the absolute values, the one at which the scale ends; 100 where no value
 *     lies beyond
 */
public record Scale(ColourMap colours, double low, double high, double percentile) {
  private static final double ALL = 100;

  /** A scale that was not cut off at any percentile. */
  public Scale(ColourMap colours, double low, double high) {
    this(colours, low, high, ALL);
  }

  /**
   * A scale for maps that are to be compared: from zero, or of a diverging colour map alike below
   * and above zero, to a percentile of all their absolute values. Values beyond get the last
   * colour.
   *
   * <p>Where so many values are zero that this would be zero too, it is not cut off.
   *
   * @param percentile above 0, up to 100
   */
  public static Scale of(List<HeatMap> maps, ColourMap colours, double percentile) {
    double end = Percentile.ofAbsolute(maps, percentile);
    double reached = end > 0 ? percentile : ALL;
    double high = end > 0 ? end : Percentile.ofAbsolute(maps, ALL);
    return new Scale(colours, colours.isDiverging() ? -high : 0, high, reached);
  }

  /**
   * A scale from the lowest to the highest number of all maps, for those where zero means nothing.
   */
  static Scale spanning(List<HeatMap> maps, ColourMap colours) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (HeatMap map : maps) {
      for (float value : map.values()) {
        low = Float.isFinite(value) ? Math.min(low, value) : low;
        high = Float.isFinite(value) ? Math.max(high, value) : high;
      }
    }
    return low <= high ? new Scale(colours, low, high) : new Scale(colours, 0, 0);
  }

  /** The same, ending no sooner than at a number, below which there is nothing to see. */
  public Scale reaching(double least) {
    double end = Math.max(high, least);
    return new Scale(colours, colours.isDiverging() ? -end : low, end, percentile);
  }

  /** The colour of a number, 0xRRGGBB. */
  public int rgb(float value) {
    if (!(high > low)) {
      return colours.rgb(colours.isDiverging() ? .5 : 0);
    }
    return colours.rgb((value - low) / (high - low));
  }

  /**
   * How strong a number is: 0 at the first colour, or at the neutral one, 1 at the last and beyond;
   * below the neutral colour down to −1. 0 for what is no number.
   */
  public double strength(float value) {
    double from = neutral();
    if (!(high > low) || Float.isNaN(value)) {
      return 0;
    }
    return Math.min(Math.max((value - from) / (high - from), -1), 1);
  }

  /** The number of that strength, from −1 to 1. */
  public double number(double strength) {
    return neutral() + strength * (high - neutral());
  }

  private double neutral() {
    return colours.isDiverging() ? (low + high) / 2 : low;
  }

  /** Whether values may lie beyond its end. */
  public boolean isClipped() {
    return percentile < ALL;
  }

  /** What a colour bar says of it: "clipped at the 99.5th percentile"; empty if it is not. */
  public String clippingText() {
    return isClipped() ? "clipped at the " + ordinal(percentile) + " percentile" : "";
  }

  private static String ordinal(double number) {
    String text = Words.number(number);
    if (text.endsWith("11") || text.endsWith("12") || text.endsWith("13")) {
      return text + "th";
    }
    return text
        + switch (text.charAt(text.length() - 1)) {
          case '1' -> "st";
          case '2' -> "nd";
          case '3' -> "rd";
          default -> "th";
        };
  }
}
