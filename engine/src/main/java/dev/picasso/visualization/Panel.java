package dev.picasso.visualization;

import dev.picasso.format.npy.NpyFile;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.image.draw.Drawing;
import dev.picasso.image.draw.Scale;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One map of one image: the part of its results that most methods make.
 *
 * @param label what heads its column, as a rule the class
 * @param number the class's probability, or its value where there are no probabilities
 * @param map in the frame of the model's input, of any resolution
 * @param scale how its numbers become colours
 * @param meaning what the numbers are, as in "probability with this window hidden"
 * @param transparency the weight of the picture under the map, from 0 to 1
 */
public record Panel(
    String label, double number, HeatMap map, Scale scale, String meaning, double transparency)
    implements Part {

  /** A scale from zero to the largest value of all maps, for numbers that are not negative. */
  public static Scale fromZero(List<HeatMap> maps) {
    return new Scale(ColourMap.INFERNO, 0, largest(maps));
  }

  /** A scale alike below and above zero that takes in all maps, for numbers of both signs. */
  public static Scale aroundZero(List<HeatMap> maps) {
    double most = largest(maps);
    return new Scale(ColourMap.DIVERGING, -most, most);
  }

  /** The largest absolute value. */
  private static double largest(List<HeatMap> maps) {
    double largest = 0;
    for (HeatMap map : maps) {
      largest = Math.max(largest, map.largest());
    }
    return largest;
  }

  /** The number to three figures, as in "0.934". */
  public String numberText() {
    return String.format(Locale.ROOT, "%.3f", number);
  }

  @Override
  public String kind() {
    return "map";
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("number", number);
    facts.put("meaning", meaning);
    facts.put("low", scale.low());
    facts.put("high", scale.high());
    facts.put("colours", scale.colours().name().toLowerCase(Locale.ROOT));
    facts.put("transparency", transparency);
    facts.put("height", map.height());
    facts.put("width", map.width());
    return facts;
  }

  @Override
  public List<Content> files(Drawing drawing) {
    return List.of(
        new Content(FileRole.OVERLAY, () -> drawing.overlay(map, scale, transparency).png()),
        new Content(FileRole.MAP, () -> drawing.map(map, scale).png()),
        new Content(FileRole.ARRAY, () -> NpyFile.bytes(map.tensor())));
  }
}
