package dev.picasso.visualization;

import dev.picasso.format.npy.NpyFile;
import dev.picasso.image.HeatMap;
import dev.picasso.image.Region;
import dev.picasso.image.draw.Canvas;
import dev.picasso.image.draw.Display;
import dev.picasso.image.draw.Drawing;
import dev.picasso.image.draw.Scale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One map of one image: the part of its results that most methods make.
 *
 * @param label what heads its column, as a rule the class
 * @param number the class's probability, or its value where there are no probabilities
 * @param map in the frame of the model's input, of any resolution
 * @param scale how its numbers become colours
 * @param meaning what the numbers are, as in "probability with this window hidden"
 * @param display how the map and the picture are shown together
 * @param answer what the model that it is of predicts; empty where it is the only one
 * @param numberOf what the number is where it is neither, as in "difference of the logits"
 */
public record Panel(
    String label,
    double number,
    HeatMap map,
    Scale scale,
    String meaning,
    Display display,
    Optional<Answer> answer,
    Optional<String> numberOf)
    implements Part {

  /** A map whose number is that of its class. */
  public Panel(
      String label,
      double number,
      HeatMap map,
      Scale scale,
      String meaning,
      Display display,
      Optional<Answer> answer) {
    this(label, number, map, scale, meaning, display, answer, Optional.empty());
  }

  /** A map of the only model. */
  public Panel(
      String label, double number, HeatMap map, Scale scale, String meaning, Display display) {
    this(label, number, map, scale, meaning, display, Optional.empty());
  }

  /**
   * A map over its picture, everywhere as opaque.
   *
   * @param transparency the weight of the picture under the map, from 0 to 1
   */
  public Panel(
      String label, double number, HeatMap map, Scale scale, String meaning, double transparency) {
    this(label, number, map, scale, meaning, Display.overlay(transparency));
  }

  /** The same with another map. */
  Panel with(HeatMap other) {
    return new Panel(label, number, other, scale, meaning, display, answer, numberOf);
  }

  /** The same map on another scale. */
  Panel with(Scale other) {
    return new Panel(label, number, map, other, meaning, display, answer, numberOf);
  }

  /** The same map among those of other models. */
  Panel of(String newLabel, Optional<Answer> newAnswer) {
    return new Panel(newLabel, number, map, scale, meaning, display, newAnswer, numberOf);
  }

  /** The same, saying what its number is. */
  Panel numbering(Optional<String> what) {
    return new Panel(label, number, map, scale, meaning, display, answer, what);
  }

  /** The weight of the picture under the map, from 0 to 1. */
  public double transparency() {
    return 1 - display.opacity();
  }

  /** The number to three figures, as in "0.934"; one that is a difference with its sign. */
  public String numberText() {
    return String.format(Locale.ROOT, numberOf.isPresent() ? "%+.3f" : "%.3f", number);
  }

  @Override
  public String kind() {
    return "map";
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("number", number);
    numberOf.ifPresent(what -> facts.put("numberOf", what));
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
    if (!map.isOverAll()) {
      Region covered = map.covered();
      facts.put(
          "covers", List.of(covered.left(), covered.top(), covered.right(), covered.bottom()));
    }
    answer.map(Answer::facts).ifPresent(facts::putAll);
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
