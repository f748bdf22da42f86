package dev.picasso.model.pixels;

import java.util.List;
import java.util.Optional;

/** Means of data sets whose order tells that of the channels. */
final class KnownMeans {
  /** Red, green, blue, 0 to 255. */
  private static final List<List<Double>> RED_FIRST =
      List.of(
          List.of(123.68, 116.779, 103.939), // ImageNet
          List.of(129.186, 104.762, 93.594), // VGGFace
          List.of(131.091, 103.883, 91.495)); // VGGFace2

  /** How far rounding and other crops of the same images move them. */
  private static final double NEAR = 1.5;

  private static final String REASON = "as these means are";

  private KnownMeans() {}

  /** The order in which such means are taken off, where it is one of them. */
  static Optional<ChannelOrder> order(List<Double> means, PixelRange range) {
    if (means.size() != 3) {
      return Optional.empty();
    }
    List<Double> bytes =
        means.stream().map(m -> (m - range.black()) / range.width() * 255).toList();
    if (RED_FIRST.stream().anyMatch(known -> isNear(known, bytes))) {
      return Optional.of(new ChannelOrder(false, REASON));
    }
    List<Double> turned = List.of(bytes.get(2), bytes.get(1), bytes.get(0));
    return RED_FIRST.stream().anyMatch(known -> isNear(known, turned))
        ? Optional.of(new ChannelOrder(true, REASON))
        : Optional.empty();
  }

  private static boolean isNear(List<Double> known, List<Double> means) {
    return Math.abs(known.get(0) - means.get(0)) < NEAR
        && Math.abs(known.get(1) - means.get(1)) < NEAR
        && Math.abs(known.get(2) - means.get(2)) < NEAR;
  }
}
