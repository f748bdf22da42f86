package dev.picasso.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a file says was done to the pixels of an input: (x − mean) / std, x from 0 to 255. It is
 * handed on among the metadata of an {@link ImportedModel}.
 *
 * @param mean one number, or one a channel
 * @param std one number, or one a channel; none is zero
 */
public record StatedNormalization(List<Double> mean, List<Double> std) {
  public StatedNormalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** As entries of a model's metadata. */
  public Map<String, String> metadata(String input) {
    return Map.of(meanKey(input), text(mean), stdKey(input), text(std));
  }

  /** What a model's metadata say of an input; empty where they say nothing, or no sense. */
  public static Optional<StatedNormalization> of(Map<String, String> metadata, String input) {
    List<Double> mean = numbers(metadata.getOrDefault(meanKey(input), ""));
    List<Double> std = numbers(metadata.getOrDefault(stdKey(input), ""));
    boolean sound = !mean.isEmpty() && !std.isEmpty() && !std.contains(0.);
    return sound ? Optional.of(new StatedNormalization(mean, std)) : Optional.empty();
  }

  private static String meanKey(String input) {
    return "picasso.mean " + input;
  }

  private static String stdKey(String input) {
    return "picasso.std " + input;
  }

  private static String text(List<Double> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static List<Double> numbers(String text) {
    try {
      List<Double> numbers = Stream.of(text.split(",", -1)).map(Double::valueOf).toList();
      return numbers.stream().allMatch(Double::isFinite) ? numbers : List.of();
    } catch (NumberFormatException e) {
      return List.of();
    }
  }
}
