package dev.picasso.model.config;

import dev.picasso.image.ColourMode;
import dev.picasso.image.ImagePreprocessor;
import dev.picasso.image.Layout;
import dev.picasso.image.Preset;
import dev.picasso.image.ResizeFilter;
import java.util.List;
import java.util.Optional;

/**
 * What a configuration says of the way from an image to a model's input. What it leaves open is
 * found from the model, or is the preset's.
 *
 * @param custom a class of the user's, which does all of it
 * @param resize a size to squeeze the image to, or what its shorter side becomes before a crop
 * @param crop whether the middle is cut out
 * @param margin the grey around an image that keeps its shape; empty for none
 * @param scale what samples from 0 to 255 are multiplied with
 * @param mean subtracted after that; one number or one a channel
 * @param std divided by at last; one number or one a channel
 * @param assumed whether these numbers are an assumption, which notes then call one
 */
public record PreprocessingSettings(
    Optional<ImagePreprocessor> custom,
    Optional<Preset> preset,
    Optional<ColourMode> color,
    Optional<Layout> layout,
    Resize resize,
    Crop crop,
    Optional<Integer> margin,
    Optional<ResizeFilter> filter,
    Optional<Boolean> antialias,
    Optional<Double> scale,
    Optional<Double> offset,
    List<Double> mean,
    List<Double> std,
    boolean assumed) {

  public PreprocessingSettings {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** How an image is resized before anything is cut off. */
  public sealed interface Resize {
    /** To the size that the model takes. */
    record ToModel() implements Resize {}

    /** To a size of its own, whatever the image's shape. */
    record To(int height, int width) implements Resize {}

    /** So that the shorter side has so many pixels. */
    record ShorterSide(int pixels) implements Resize {}
  }

  /** Which part of an image is taken. */
  public sealed interface Crop {
    /** All of it. */
    record None() implements Crop {}

    /** The middle, of the model's size or shape. */
    record Center() implements Crop {}

    /** The middle, of this size. */
    record To(int height, int width) implements Crop {}
  }

  /** Nothing said. */
  public static PreprocessingSettings none() {
    return only(Optional.empty());
  }

  /** That a class does all of it. */
  static PreprocessingSettings by(ImagePreprocessor custom) {
    return only(Optional.of(custom));
  }

  private static PreprocessingSettings only(Optional<ImagePreprocessor> custom) {
    return new PreprocessingSettings(
        custom,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Resize.ToModel(),
        new Crop.None(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        false);
  }

  /** The same with another way to the model's size. */
  public PreprocessingSettings resized(Resize otherwise, Crop part) {
    return new PreprocessingSettings(
        custom, preset, color, layout, otherwise, part, margin, filter, antialias, scale, offset,
        mean, std, assumed);
  }

  /** The same, with numbers that are, or are not, an assumption. */
  public PreprocessingSettings assumed(boolean guess) {
    return new PreprocessingSettings(
        custom, preset, color, layout, resize, crop, margin, filter, antialias, scale, offset, mean,
        std, guess);
  }

  /** Whether anything is said of the numbers that samples become. */
  public boolean saysRange() {
    return custom.isPresent()
        || preset.isPresent()
        || scale.isPresent()
        || offset.isPresent()
        || !mean.isEmpty()
        || !std.isEmpty();
  }
}
