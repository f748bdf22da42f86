package dev.picasso.visualization;

import dev.picasso.format.npy.NpyFile;
import dev.picasso.image.HeatMap;
import dev.picasso.image.draw.Blending;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.ColourMap;
import dev.picasso.image.draw.Display;
import dev.picasso.image.draw.Drawing;
import dev.picasso.image.draw.Scale;
import java.util.ArrayList;
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
 * @param display how the map and the picture are shown together
 */
public record Panel(
    String label, double number, HeatMap map, Scale scale, String meaning, Display display)
    implements Part {

  /**
   * A map over its picture, everywhere as opaque.
   *
   * @param transparency the weight of the picture under the map, from 0 to 1
   */
  public Panel(
      String label, double number, HeatMap map, Scale scale, String meaning, double transparency) {
    this(
        label,
        number,
        map,
        scale,
        meaning,
        Display.defaults().with(Blending.OVERLAY).withOpacity(1 - transparency));
  }

  /** The same with another map. */
  Panel with(HeatMap other) {
    return new Panel(label, number, other, scale, meaning, display);
  }

  /** The same map on another scale. */
  Panel with(Scale other) {
    return new Panel(label, number, map, other, meaning, display);
  }

  /** The weight of the picture under the map, from 0 to 1. */
  public double transparency() {
    return 1 - display.opacity();
  }

  /** A scale from zero to the largest value of all maps, for numbers that are not negative. */
  public static Scale fromZero(List<HeatMap> maps) {
    return new Scale(ColourMap.INFERNO, 0, largest(maps));
  }

  /** A scale alike below and above zero that takes in all maps, for numbers of both signs. */
  public static Scale aroundZero(List<HeatMap> maps) {
    double most = largest(maps);
    return new Scale(ColourMap.DIVERGING, -most, most);
  }

  /** A scale from the lowest to the highest value of all maps, where zero has no meaning. */
  public static Scale fromLowest(List<HeatMap> maps) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (HeatMap map : maps) {
      for (float value : map.values()) {
        low = Float.isFinite(value) ? Math.min(low, value) : low;
        high = Float.isFinite(value) ? Math.max(high, value) : high;
      }
    }
    return low <= high
        ? new Scale(ColourMap.INFERNO, low, high)
        : new Scale(ColourMap.INFERNO, 0, 0);
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
    if (scale.isClipped()) {
      facts.put("clipping", scale.clippingText());
    }
    facts.put("colours", scale.colours().name().toLowerCase(Locale.ROOT));
    facts.put("blending", display.blending().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    facts.put("transparency", transparency());
    facts.put("height", map.height());
    facts.put("width", map.width());
    return facts;
  }

  @Override
  public List<Content> files(Drawing drawing) {
    List<Content> files = new ArrayList<>();
    files.add(new Content(FileRole.OVERLAY, () -> drawing.draw(map, scale, display).png()));
    files.add(new Content(FileRole.MAP, () -> drawing.map(display.smoothed(map), scale).png()));
    files.add(new Content(FileRole.ARRAY, () -> NpyFile.bytes(map.tensor())));
    if (StrongParts.areShown(this)) {
      files.add(
          new Content(
              FileRole.MASK, () -> Canvas.of(drawing.strong(map, scale, display).mask()).png()));
    }
    return files;
  }
}
