package dev.picasso.visualization;

import dev.picasso.image.HeatMap;
import java.util.Locale;

/**
 * One map of one image.
 *
 * @param label what heads its column, as a rule the class
 * @param number the class's probability, or its value where there are no probabilities
 * @param map in the frame of the model's input, of any resolution
 * @param low the number that gets the first colour
 * @param high the number that gets the last colour
 * @param meaning what the numbers are, as in "probability with this window hidden"
 * @param transparency the weight of the picture under the map, from 0 to 1
 */
public record Panel(
    String label,
    double number,
    HeatMap map,
    double low,
    double high,
    Colours colours,
    String meaning,
    double transparency) {

  /** A map scaled from zero to its own largest value, for numbers that are not negative. */
  public static Panel fromZero(
      String label, double number, HeatMap map, String meaning, double transparency) {
    return new Panel(label, number, map, 0, largest(map), Colours.INFERNO, meaning, transparency);
  }

  /** A map scaled alike below and above zero, for numbers of both signs. */
  public static Panel aroundZero(
      String label, double number, HeatMap map, String meaning, double transparency) {
    double most = largest(map.abs());
    return new Panel(label, number, map, -most, most, Colours.DIVERGING, meaning, transparency);
  }

  private static double largest(HeatMap map) {
    double largest = 0;
    for (float value : map.values()) {
      if (Float.isFinite(value)) {
        largest = Math.max(largest, value);
      }
    }
    return largest;
  }

  /** The number to three figures, as in "0.934". */
  public String numberText() {
    return String.format(Locale.ROOT, "%.3f", number);
  }
}
