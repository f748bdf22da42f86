package dev.picasso.model.pixels;

import dev.picasso.graph.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which range of pixels makes sense of a model's first steps. Of those that do, the narrowest is
 * meant: nobody who has numbers from 0 to 255 takes the mean of numbers from 0 to 1 off.
 *
 * <ul>
 *   <li><b>Constants</b>, y = a·x + b before the first convolution. The pixel that becomes zero, −b
 *       / a, lies in the range (as the mean, the middle or an end of it), in every channel, and
 *       what comes out is not squeezed to less than {@value #LEAST_WIDTH} between black and white.
 *       They tell nothing unless a is below 1/{@value #LEAST_FACTOR} or above {@value
 *       #LEAST_FACTOR}, or zero is {@value #LEAST_MEAN} or more away from where it was.
 *   <li><b>Statistics</b> of a batch normalization before the first convolution. The mean m lies in
 *       the range, and the variance is one that numbers in it can have: at most (white − m)(m −
 *       black), by Bhatia and Davis; a tenth more is allowed for running means.
 *   <li><b>Kernels</b>. Initializers and training make weights of about 1/√n, where n of them are
 *       summed up. If all of the first convolution are much smaller, their root mean square below
 *       {@value #SMALL} / √n, a division by 255 was folded into them.
 * </ul>
 *
 * <p>Pixels from 0 to 255 are not that dark that their mean is below {@value #DARKEST}.
 */
final class RangeRules {
  static final double LEAST_WIDTH = .4;
  static final double LEAST_FACTOR = 50;
  static final double LEAST_MEAN = .1;
  static final double DARKEST = 5;
  static final double SMALL = .02;

  /** What rounding and running means add to a range, as a share of it. */
  private static final double SLACK = .02;

  private static final int FEWEST_WEIGHTS = 9;

  private RangeRules() {}

  /** What constants before the first convolution tell. */
  static Optional<PixelRange> ofConstants(List<Pixels.Channel> channels) {
    return tells(channels) ? narrowest(range -> fits(range, channels)) : Optional.empty();
  }

  private static boolean tells(List<Pixels.Channel> channels) {
    return channels.stream()
        .anyMatch(c -> isScaled(c) || (c.shift() != 0 && Math.abs(c.zero()) >= LEAST_MEAN));
  }

  private static boolean isScaled(Pixels.Channel c) {
    double factor = Math.abs(c.scale());
    return factor >= LEAST_FACTOR || factor <= 1 / LEAST_FACTOR;
  }

  private static boolean fits(PixelRange range, List<Pixels.Channel> channels) {
    return channels.stream()
        .allMatch(
            c ->
                contains(range, c.zero())
                    && Math.abs(c.scale()) * range.width() >= LEAST_WIDTH
                    && (isScaled(c) || isBright(range, c.zero())));
  }

  private static boolean contains(PixelRange range, double value) {
    double slack = SLACK * range.width();
    return value >= range.black() - slack && value <= range.white() + slack;
  }

  private static boolean isBright(PixelRange range, double mean) {
    return switch (range) {
      case BYTES -> mean >= DARKEST;
      case SIGNED_BYTES -> mean <= -DARKEST;
      case UNIT, SIGNED -> true;
    };
  }

  /** What a batch normalization measured of pixels. */
  static Optional<PixelRange> ofStatistics(FirstSteps.Measured measured) {
    return measured.statistics().isUntouched()
        ? Optional.empty()
        : narrowest(range -> isPossible(range, measured));
  }

  private static boolean isPossible(PixelRange range, FirstSteps.Measured measured) {
    double[] means = means(measured);
    double[] deviations = deviations(measured);
    boolean bright = DoubleStream.of(means).anyMatch(m -> isBright(range, m));
    return bright
        && IntStream.range(0, means.length)
            .allMatch(
                c ->
                    contains(range, means[c])
                        && deviations[c] * deviations[c]
                            <= 1.1 * (range.white() - means[c]) * (means[c] - range.black()));
  }

  /** The mean pixel of each channel that a batch normalization read. */
  static double[] means(FirstSteps.Measured measured) {
    List<Pixels.Channel> channels = measured.of().channels();
    return IntStream.range(0, channels.size())
        .mapToDouble(
            c ->
                (measured.statistics().mean(c) - channels.get(c).shift()) / channels.get(c).scale())
        .toArray();
  }

  private static double[] deviations(FirstSteps.Measured measured) {
    List<Pixels.Channel> channels = measured.of().channels();
    return IntStream.range(0, channels.size())
        .mapToDouble(c -> measured.statistics().deviation(c) / Math.abs(channels.get(c).scale()))
        .toArray();
  }

  /** Whether a convolution's weights are so small that a scaling must be in them. */
  static boolean isFolded(Tensor kernel) {
    float[] weights = kernel.floats();
    if (weights.length < FEWEST_WEIGHTS) {
      return false;
    }
    double summed = (double) weights.length / kernel.shape().dim(0);
    double squares = 0;
    boolean differ = false;
    for (float w : weights) {
      squares += (double) w * w;
      differ |= w != weights[0];
    }
    return differ && Math.sqrt(squares / weights.length * summed) < SMALL;
  }

  private static Optional<PixelRange> narrowest(Predicate<PixelRange> fits) {
    return Stream.of(PixelRange.values()).filter(fits).findFirst();
  }
}
