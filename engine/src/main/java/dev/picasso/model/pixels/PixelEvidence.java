package dev.picasso.model.pixels;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a model tells of the pixels that it takes.
 *
 * @param range the numbers for black and white, before a mean is subtracted; empty where nothing
 *     tells
 * @param mean what is subtracted from them, of one number or one a channel; empty for nothing
 * @param std what they are divided by then, likewise
 * @param order which channel comes first; empty where nothing tells
 * @param reason the first part of a sentence that a colon may follow, as in "The model divides
 *     pixels by 255"; empty where nothing tells
 */
public record PixelEvidence(
    Optional<PixelRange> range,
    List<Double> mean,
    List<Double> std,
    Optional<ChannelOrder> order,
    String reason) {
  public PixelEvidence {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** Of a model that tells nothing. */
  public static PixelEvidence none() {
    return new PixelEvidence(Optional.empty(), List.of(), List.of(), Optional.empty(), "");
  }

  /** Of a model that tells the numbers for black and white. */
  public static PixelEvidence of(PixelRange range, String reason) {
    return new PixelEvidence(Optional.of(range), List.of(), List.of(), Optional.empty(), reason);
  }

  PixelEvidence ordered(Optional<ChannelOrder> found) {
    return new PixelEvidence(range, mean, std, found, reason);
  }

  PixelEvidence normalized(List<Double> newMean, List<Double> newStd) {
    return new PixelEvidence(range, newMean, newStd, order, reason);
  }

  /** What becomes of a number for black or white: (x − mean) / std, by channel. */
  public List<Double> normalized(double x) {
    int n = Math.max(1, Math.max(mean.size(), std.size()));
    return IntStream.range(0, n).mapToObj(c -> (x - at(mean, c, 0)) / at(std, c, 1)).toList();
  }

  private static double at(List<Double> numbers, int channel, double whenAbsent) {
    return numbers.isEmpty() ? whenAbsent : numbers.get(numbers.size() == 1 ? 0 : channel);
  }
}
