package dev.picasso.model.pixels;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Evidence in words: the beginning of a sentence. */
final class PixelWords {
  private PixelWords() {}

  /** As in "The model subtracts 123.7, 116.8, 103.9 from the pixels". */
  static String ofConstants(List<Pixels.Channel> channels) {
    boolean shifts = channels.stream().anyMatch(c -> c.shift() != 0);
    boolean scales = channels.stream().anyMatch(c -> Math.abs(Math.abs(c.scale()) - 1) > 1e-3);
    String scaling = scales ? scaling(channels, shifts ? "them " : "pixels ") : "";
    String joint = shifts && scales ? " and " : "";
    return "The model " + (shifts ? shifting(channels) : "") + joint + scaling;
  }

  private static String shifting(List<Pixels.Channel> channels) {
    if (channels.stream().allMatch(c -> c.scale() < 0)) {
      return "subtracts the pixels from " + numbers(channels, Pixels.Channel::zero);
    }
    return channels.stream().allMatch(c -> c.zero() <= 0)
        ? "adds " + numbers(channels, c -> -c.zero()) + " to the pixels"
        : "subtracts " + numbers(channels, Pixels.Channel::zero) + " from the pixels";
  }

  private static String scaling(List<Pixels.Channel> channels, String what) {
    return channels.stream().allMatch(c -> Math.abs(c.scale()) >= RangeRules.LEAST_FACTOR)
        ? "multiplies " + what + "by " + numbers(channels, c -> Math.abs(c.scale()))
        : "divides " + what + "by " + numbers(channels, c -> 1 / Math.abs(c.scale()));
  }

  static String ofStatistics(List<Double> means) {
    return "The model begins with a batch normalization of pixels of mean "
        + numbers(means, m -> m);
  }

  static String ofKernel(double largest) {
    return "The model's first convolution has no weight above "
        + number(largest)
        + ", as if a scaling were folded into it";
  }

  /** One number where all are the same, else all of them. */
  private static <T> String numbers(List<T> of, ToDoubleFunction<T> number) {
    List<String> texts = of.stream().map(t -> number(number.applyAsDouble(t))).toList();
    return texts.stream().distinct().count() == 1
        ? texts.get(0)
        : texts.stream().collect(Collectors.joining(", "));
  }

  /** Four digits at most: 123.7, 0.485, 0.00075. */
  static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }
}
