package dev.picasso.doctor;

import dev.picasso.image.ColourMode;
import dev.picasso.image.Preprocessing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the doctor found, for people who do not read formulas. */
public final class PlainWords {
  private static final double CENT = 100;

  private PlainWords() {}

  /**
   * How training differed from what is given now, a sentence, as in "The network was trained on
   * pictures with numbers from −1 to 1 instead of 0 to 1."; "was likely" where it is not sure;
   * empty where nothing is to be changed.
   */
  public static Optional<String> of(Diagnosis found) {
    List<String> phrases = differences(found.given(), found.repaired());
    return !found.isRepaired() || phrases.isEmpty()
        ? Optional.empty()
        : Optional.of(
            (found.isSure() ? "The network was" : "The network was likely")
                + " trained on pictures with "
                + joined(phrases)
                + ".");
  }

  /** What differs between two ways into a network, a phrase each. */
  private static List<String> differences(Preprocessing given, Preprocessing trained) {
    List<String> phrases = new ArrayList<>();
    if (given.scale() < 0 != trained.scale() < 0) {
      phrases.add("dark and bright exchanged");
    }
    if (given.colour() != trained.colour()) {
      phrases.add(order(trained.colour()));
    }
    if (!span(given).equals(span(trained))) {
      phrases.add("numbers from " + span(trained) + " instead of " + span(given));
    }
    return phrases;
  }

  private static String order(ColourMode trained) {
    return trained == ColourMode.GRAY
        ? "grey instead of colours"
        : Scaling.blueFirst(trained)
            ? "blue as the first colour instead of red"
            : "red as the first colour instead of blue";
  }

  /** The numbers that the first channel spans, as in "−1 to 1". */
  private static String span(Preprocessing p) {
    double black = p.number(0, 0);
    double white = p.number(255, 0);
    return rounded(Math.min(black, white)) + " to " + rounded(Math.max(black, white));
  }

  /** Two digits behind the point at most, with a minus that is one. */
  static String rounded(double value) {
    double cents = Math.rint(value * CENT) / CENT;
    String text = String.format(Locale.ROOT, "%.2f", cents == 0 ? 0 : Math.abs(cents));
    return (cents < 0 ? "−" : "") + text.replaceFirst("\\.?0+$", "");
  }

  private static String joined(List<String> phrases) {
    int last = phrases.size() - 1;
    return last == 0
        ? phrases.get(0)
        : String.join(", ", phrases.subList(0, last)) + " and " + phrases.get(last);
  }
}
