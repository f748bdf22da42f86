package dev.picasso.image;

import dev.picasso.PicassoException;
import java.util.List;

/**
 * What is done to a picture before a model sees it. A sample s from 0 to 255 of channel c becomes
 * (s · scale + offset − mean[c]) / std[c].
 *
 * <p>A negative scale turns a picture round: scale −1/255 and offset 1 make dark ink on white paper
 * bright strokes on black, as digit classifiers want it.
 *
 * @param height rows that the model takes
 * @param width columns that the model takes
 * @param colour channels and their order
 * @param fit what becomes of pictures of another shape
 * @param filter how they are resized
 * @param antialias whether the filter widens when a picture shrinks, as in Pillow; without, as in
 *     {@code tf.image.resize} and OpenCV
 * @param mean one number, or one a channel in the model's order
 * @param std one number, or one a channel in the model's order; not zero
 */
public record Preprocessing(
    int height,
    int width,
    ColourMode colour,
    Layout layout,
    Fit fit,
    ResizeFilter filter,
    boolean antialias,
    double scale,
    double offset,
    List<Double> mean,
    List<Double> std) {

  /** The largest side; a model that takes more is not an image classifier. */
  private static final int LARGEST_SIDE = 16_384;

  public Preprocessing {
    requireSide("height", height);
    requireSide("width", width);
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    requireChannels("mean", mean, colour);
    requireChannels("std", std, colour);
    if (layout == Layout.NHW && colour != ColourMode.GRAY) {
      throw new PicassoException(
          "Preprocessing: the layout NHW has no axis for the channels of "
              + colour
              + "; take the colour mode gray.");
    }
    if (std.contains(0.) || scale == 0) {
      throw new PicassoException("Preprocessing: std and scale must not be zero.");
    }
  }

  static void requireSide(String what, int side) {
    if (side < 1 || side > LARGEST_SIDE) {
      throw new PicassoException(
          "Preprocessing: %s is %d; it must be between 1 and %d pixels."
              .formatted(what, side, LARGEST_SIDE));
    }
  }

  private static void requireChannels(String what, List<Double> values, ColourMode colour) {
    if (values.size() != 1 && values.size() != colour.channels()) {
      throw new PicassoException(
          "Preprocessing: %s has %d values; %s takes one, or %d."
              .formatted(what, values.size(), colour, colour.channels()));
    }
  }

  /** Colour pictures squeezed to a size with Pillow's bilinear filter, channels last, 0 to 255. */
  public static Preprocessing of(int height, int width) {
    return new Preprocessing(
        height,
        width,
        ColourMode.RGB,
        Layout.NHWC,
        new Fit.Stretch(),
        ResizeFilter.BILINEAR,
        true,
        1,
        0,
        List.of(0.),
        List.of(1.));
  }

  /** The same size, layout and fit with the colours and scaling of a preset. */
  public Preprocessing with(Preset preset) {
    return new Preprocessing(
        height,
        width,
        preset.colour,
        layout,
        fit,
        filter,
        antialias,
        preset.scale,
        preset.offset,
        preset.mean,
        preset.std);
  }

  public Preprocessing with(Layout layout) {
    return new Preprocessing(
        height, width, colour, layout, fit, filter, antialias, scale, offset, mean, std);
  }

  public Preprocessing with(ColourMode colour) {
    return new Preprocessing(
        height, width, colour, layout, fit, filter, antialias, scale, offset, mean, std);
  }

  public Preprocessing with(Fit fit, ResizeFilter filter) {
    return new Preprocessing(
        height, width, colour, layout, fit, filter, antialias, scale, offset, mean, std);
  }

  public Preprocessing withSize(int height, int width) {
    return new Preprocessing(
        height, width, colour, layout, fit, filter, antialias, scale, offset, mean, std);
  }

  public Preprocessing withAntialias(boolean antialias) {
    return new Preprocessing(
        height, width, colour, layout, fit, filter, antialias, scale, offset, mean, std);
  }

  /** Another scale and offset; mean and std as they are. */
  public Preprocessing scaled(double scale, double offset) {
    return new Preprocessing(
        height, width, colour, layout, fit, filter, antialias, scale, offset, mean, std);
  }

  /** Another mean and standard deviation, one value or one a channel. */
  public Preprocessing normalized(List<Double> mean, List<Double> std) {
    return new Preprocessing(
        height, width, colour, layout, fit, filter, antialias, scale, offset, mean, std);
  }

  /** What a sample of channel c becomes. */
  public double number(double sample, int c) {
    return sample * factor(c) + shift(c);
  }

  /** What a sample of channel c is multiplied with. */
  double factor(int c) {
    return scale / at(std, c);
  }

  /** What is added to the multiplied sample of channel c. */
  double shift(int c) {
    return (offset - at(mean, c)) / at(std, c);
  }

  private static double at(List<Double> values, int c) {
    return values.get(values.size() == 1 ? 0 : c);
  }
}
