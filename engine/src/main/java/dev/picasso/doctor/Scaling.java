package dev.picasso.doctor;

import dev.picasso.image.ColourMode;
import dev.picasso.image.Preprocessing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A way to scale pixels that a network may have been trained with: (s · scale + offset − mean) /
 * std.
 *
 * @param id short, for programs
 * @param words for people, as in "0 to 1"
 * @param mean one number, or those of red, green, blue, wherever their channels stand
 * @param std likewise
 * @param prior how often networks are trained with it, before anything is measured
 */
public record Scaling(
    String id,
    String words,
    double scale,
    double offset,
    List<Double> mean,
    List<Double> std,
    double prior) {
  private static final List<Double> NONE = List.of(0.);
  private static final List<Double> ONE = List.of(1.);

  /** 0 to 1. */
  public static final Scaling UNIT = new Scaling("unit", "0 to 1", 1 / 255., 0, NONE, ONE, .35);

  /** −1 to 1. */
  public static final Scaling SIGNED = new Scaling("tf", "−1 to 1", 1 / 127.5, -1, NONE, ONE, .2);

  /** Samples as they are. */
  public static final Scaling BYTES = new Scaling("none", "0 to 255", 1, 0, NONE, ONE, .15);

  /** 0 to 1, then ImageNet's mean and deviation of each channel. */
  public static final Scaling TORCH =
      new Scaling(
          "torch",
          "0 to 1 less ImageNet's mean, over its deviation",
          1 / 255.,
          0,
          List.of(.485, .456, .406),
          List.of(.229, .224, .225),
          .2);

  /** ImageNet's mean of each channel subtracted, not scaled. */
  public static final Scaling CAFFE =
      new Scaling(
          "caffe",
          "0 to 255 less ImageNet's mean",
          1,
          0,
          List.of(123.68, 116.779, 103.939),
          ONE,
          .1);

  /** 0 to 1, then the mean and deviation of the digits of MNIST. */
  public static final Scaling DIGITS =
      new Scaling(
          "mnist",
          "0 to 1 less MNIST's mean, over its deviation",
          1 / 255.,
          0,
          List.of(.1307),
          List.of(.3081),
          .1);

  private static final String FITTED = "fitted";
  private static final double NEAR = 1e-3;
  private static final double ABOUT = .15;

  public Scaling {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** Those that are tried for so many channels. */
  static List<Scaling> of(ColourMode colour) {
    return colour == ColourMode.GRAY
        ? List.of(UNIT, SIGNED, BYTES, DIGITS)
        : List.of(UNIT, SIGNED, BYTES, TORCH, CAFFE);
  }

  /** The numbers of a way into a model, the sign of its scale left out. */
  static Scaling of(String id, String words, Preprocessing given, double prior) {
    boolean inverted = given.scale() < 0;
    double offset = inverted ? given.offset() + 255 * given.scale() : given.offset();
    return new Scaling(
        id,
        words,
        Math.abs(given.scale()),
        offset,
        ofColours(given.mean(), given.colour()),
        ofColours(given.std(), given.colour()),
        prior);
  }

  /** Numbers for black and white that were found by fitting, of which two digits count. */
  static Scaling fitted(double black, double white, double prior) {
    double unit = Math.pow(10, Math.floor(Math.log10((white - black) / 100)));
    double low = Math.rint(black / unit) * unit;
    double high = Math.rint(white / unit) * unit;
    String words = PlainWords.rounded(low) + " to " + PlainWords.rounded(high);
    return new Scaling(
        FITTED, words + ", found by fitting", (high - low) / 255, low, NONE, ONE, prior);
  }

  /** Whether its numbers were found by fitting them to the network. */
  boolean isFitted() {
    return id.equals(FITTED);
  }

  private static List<Double> ofColours(List<Double> numbers, ColourMode order) {
    return blueFirst(order) && numbers.size() >= 3
        ? Stream.concat(
                Stream.of(numbers.get(2), numbers.get(1), numbers.get(0)), numbers.stream().skip(3))
            .toList()
        : numbers;
  }

  static boolean blueFirst(ColourMode colour) {
    return colour == ColourMode.BGR || colour == ColourMode.BGRA;
  }

  /** The same way of bringing pictures to size, and the same order, with these numbers. */
  Preprocessing in(Preprocessing base, boolean inverted) {
    List<Double> means = inOrder(mean, base.colour(), 0);
    List<Double> stds = inOrder(std, base.colour(), 1);
    return base.normalized(NONE, ONE)
        .scaled(inverted ? -scale : scale, inverted ? offset + 255 * scale : offset)
        .normalized(means, stds);
  }

  /**
   * Means and deviations belong to colours; a fourth channel without one has the neutral number.
   */
  private static List<Double> inOrder(List<Double> rgb, ColourMode colour, double neutral) {
    if (rgb.size() == 1) {
      return rgb;
    }
    List<Double> turned = new ArrayList<>(ofColours(rgb, colour));
    if (turned.size() < colour.channels()) {
      turned.add(neutral);
    }
    return turned.subList(0, colour.channels());
  }

  /** Whether black and white become about the same numbers, of every colour. */
  boolean isLike(Scaling other) {
    return IntStream.range(0, 3)
        .allMatch(
            c ->
                near(number(0, c), other.number(0, c), other)
                    && near(number(255, c), other.number(255, c), other));
  }

  /**
   * Whether black and white become about the same numbers, of green, within a share of the range.
   */
  boolean isAbout(Scaling other) {
    double width = Math.abs(number(255, 1) - number(0, 1));
    return Math.abs(number(0, 1) - other.number(0, 1)) < ABOUT * width
        && Math.abs(number(255, 1) - other.number(255, 1)) < ABOUT * width;
  }

  private static boolean near(double a, double b, Scaling scaling) {
    return Math.abs(a - b) <= NEAR * Math.abs(scaling.number(255, 0) - scaling.number(0, 0));
  }

  /** What a sample of a colour becomes. */
  double number(double sample, int colour) {
    return (sample * scale + offset - at(mean, colour)) / at(std, colour);
  }

  /** The sample that becomes a number. */
  double sample(double number, int colour) {
    return (number * at(std, colour) + at(mean, colour) - offset) / scale;
  }

  private static double at(List<Double> numbers, int colour) {
    return numbers.get(numbers.size() == 1 ? 0 : colour);
  }
}
