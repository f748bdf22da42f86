package dev.picasso.image;

import java.util.List;

/**
 * Ways to scale pixels that many networks share, under the names that Keras gives them ({@code
 * keras.applications.imagenet_utils}).
 */
public enum Preset {
  /** Samples as they are, 0 to 255. */
  NONE(ColourMode.RGB, 1, 0, List.of(0.), List.of(1.)),
  /** −1 to 1. */
  TF(ColourMode.RGB, 1 / 127.5, -1, List.of(0.), List.of(1.)),
  /** 0 to 1, then ImageNet's mean and standard deviation. */
  TORCH(ColourMode.RGB, 1 / 255., 0, List.of(.485, .456, .406), List.of(.229, .224, .225)),
  /** Blue first, ImageNet's mean subtracted, not scaled. */
  CAFFE(ColourMode.BGR, 1, 0, List.of(103.939, 116.779, 123.68), List.of(1.));

  final ColourMode colour;
  final double scale;
  final double offset;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  final List<Double> mean;

  @SuppressWarnings("ImmutableEnumChecker")
  final List<Double> std;

  Preset(ColourMode colour, double scale, double offset, List<Double> mean, List<Double> std) {
    this.colour = colour;
    this.scale = scale;
    this.offset = offset;
    this.mean = mean;
    this.std = std;
  }
}
