package dev.picasso.settings;

import dev.picasso.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A setting that says which places of a picture a class is explained at, for models whose output is
 * a map of classes.
 */
public sealed interface RegionChoice {
  /** What people are told of such a setting. */
  String HELP =
      "Where the class is explained, of models whose output is a map of classes; auto is where it"
          + " is predicted.";

  /** What a form offers, places being typed. */
  List<String> SUGGESTED = List.of("predicted", "all");

  /** Where the class is predicted; of a model with one answer for a picture, that answer. */
  record Automatic() implements RegionChoice {
    @Override
    public String toString() {
      return "auto";
    }
  }

  /** Where the class has the highest score of all. */
  record Predicted() implements RegionChoice {
    @Override
    public String toString() {
      return "predicted";
    }
  }

  /** Everywhere: the mean over all places. */
  record Everywhere() implements RegionChoice {
    @Override
    public String toString() {
      return "all";
    }
  }

  /**
   * In a rectangle, in pixels of the picture as it is shown.
   *
   * @param x of its left side, from the left
   * @param y of its upper side, from the top
   */
  record Box(double x, double y, double width, double height) implements RegionChoice {
    @Override
    public String toString() {
      return joined(x, y, width, height);
    }
  }

  /** At one place, in pixels of the picture as it is shown, from the left and from the top. */
  record Point(double x, double y) implements RegionChoice {
    @Override
    public String toString() {
      return joined(x, y);
    }
  }

  /** Where the class is predicted, if the model tells. */
  static RegionChoice automatic() {
    return new Automatic();
  }

  /**
   * What a text means: {@code auto}, {@code predicted}, {@code all}, {@code X,Y} or {@code
   * X,Y,WIDTH,HEIGHT}.
   *
   * @return empty if it means none of them
   */
  static Optional<RegionChoice> parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "", "auto" -> Optional.of(automatic());
      case "predicted" -> Optional.of(new Predicted());
      case "all" -> Optional.of(new Everywhere());
      default -> numbers(text);
    };
  }

  private static Optional<RegionChoice> numbers(String text) {
    double[] n = Arrays.stream(text.split(",", -1)).mapToDouble(RegionChoice::number).toArray();
    if (!Arrays.stream(n).allMatch(number -> number >= 0 && Double.isFinite(number))) {
      return Optional.empty();
    }
    return switch (n.length) {
      case 2 -> Optional.of(new Point(n[0], n[1]));
      case 4 ->
          n[2] > 0 && n[3] > 0 ? Optional.of(new Box(n[0], n[1], n[2], n[3])) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** NaN for what is no number. */
  private static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String joined(double... numbers) {
    return String.join(",", Arrays.stream(numbers).mapToObj(Words::number).toList());
  }
}
