package dev.picasso.image.draw;

import dev.picasso.image.GaussianBlur;
import dev.picasso.image.HeatMap;
import java.util.List;

/**
 * How maps are shown. Nothing of it changes what was computed, so that another display of the same
 * maps takes no run of a model.
 *
 * @param percentile of the absolute values of all maps that share a scale, the one at which the
 *     scale ends; 100 clips nothing
 * @param smoothing the standard deviation of a Gaussian blur, as a share of the map's shorter side;
 *     0 leaves the map as it is
 * @param oneSign the colours of maps that have no sign
 * @param bothSigns the colours of maps that have one, with a neutral middle
 * @param opacity the weight of the map over the picture, 0 to 1; for {@link Blending#STRENGTH}
 *     where it is strongest
 * @param threshold from which strength on, as a share of the scale, a map counts as strong, for
 *     {@link Blending#MASKED} and {@link Blending#BOXES}; of maps with a sign what is positive
 * @param levels at which strengths {@link Blending#CONTOUR} draws its lines; of maps with a sign
 *     below zero too
 */
public record Display(
    double percentile,
    double smoothing,
    ColourMap oneSign,
    ColourMap bothSigns,
    Blending blending,
    double opacity,
    double threshold,
    List<Double> levels) {
  private static final double PERCENTILE = 99.5;
  private static final double STRONG = .5;

  public Display {
    levels = List.copyOf(levels);
    require(percentile > 0 && percentile <= 100, "percentile", percentile, "above 0, up to 100");
    require(smoothing >= 0 && smoothing <= 1, "smoothing", smoothing, "between 0 and 1");
    require(opacity >= 0 && opacity <= 1, "opacity", opacity, "between 0 and 1");
    require(threshold > 0 && threshold <= 1, "threshold", threshold, "above 0, up to 1");
    for (double level : levels) {
      require(level > 0 && level < 1, "a level", level, "between 0 and 1");
    }
    if (oneSign.isDiverging() || !bothSigns.isDiverging()) {
      throw new IllegalArgumentException(
          "colours of one sign are %s and of both signs %s; only the latter have a neutral middle"
              .formatted(oneSign, bothSigns));
    }
  }

  private static void require(boolean holds, String what, double value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Display: %s is %s; it must be %s.".formatted(what, value, allowed));
    }
  }

  /** Clipped at the 99.5th percentile, not smoothed, over the picture by its strength. */
  public static Display defaults() {
    return new Display(
        PERCENTILE,
        0,
        ColourMap.INFERNO,
        ColourMap.DIVERGING,
        Blending.STRENGTH,
        1,
        STRONG,
        List.of(.25, .5, .75));
  }

  /**
   * Laid over the picture, everywhere as opaque; nothing is clipped.
   *
   * @param transparency the weight of the picture under the map, from 0 to 1
   */
  public static Display overlay(double transparency) {
    return defaults().withPercentile(100).with(Blending.OVERLAY).withOpacity(1 - transparency);
  }

  public Display withPercentile(double newPercentile) {
    return new Display(
        newPercentile, smoothing, oneSign, bothSigns, blending, opacity, threshold, levels);
  }

  public Display withSmoothing(double newSmoothing) {
    return new Display(
        percentile, newSmoothing, oneSign, bothSigns, blending, opacity, threshold, levels);
  }

  /** Other colours: of maps with a sign if they have a neutral middle, else of those without. */
  public Display with(ColourMap colours) {
    return new Display(
        percentile,
        smoothing,
        colours.isDiverging() ? oneSign : colours,
        colours.isDiverging() ? colours : bothSigns,
        blending,
        opacity,
        threshold,
        levels);
  }

  public Display with(Blending newBlending) {
    return new Display(
        percentile, smoothing, oneSign, bothSigns, newBlending, opacity, threshold, levels);
  }

  public Display withOpacity(double newOpacity) {
    return new Display(
        percentile, smoothing, oneSign, bothSigns, blending, newOpacity, threshold, levels);
  }

  public Display withThreshold(double newThreshold) {
    return new Display(
        percentile, smoothing, oneSign, bothSigns, blending, opacity, newThreshold, levels);
  }

  public Display withLevels(List<Double> newLevels) {
    return new Display(
        percentile, smoothing, oneSign, bothSigns, blending, opacity, threshold, newLevels);
  }

  /**
   * The scale of maps that are to be compared, as they are shown.
   *
   * @param signed whether numbers below zero mean something of their own
   */
  public Scale scale(List<HeatMap> maps, boolean signed) {
    List<HeatMap> shown = maps.stream().map(this::smoothed).toList();
    return Scale.of(shown, signed ? bothSigns : oneSign, percentile);
  }

  /**
   * The scale of maps that are to be compared where zero has no meaning: from the lowest number to
   * the highest.
   */
  public Scale spanning(List<HeatMap> maps) {
    return Scale.spanning(maps.stream().map(this::smoothed).toList(), oneSign);
  }

  /** A map as it is shown. */
  public HeatMap smoothed(HeatMap map) {
    double sigma = smoothing * Math.min(map.width(), map.height());
    return sigma > 0 ? GaussianBlur.of(sigma).of(map) : map;
  }
}
