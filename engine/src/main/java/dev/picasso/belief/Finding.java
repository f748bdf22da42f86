package dev.picasso.belief;

import dev.picasso.visualization.Part;
import java.util.List;
import java.util.Locale;

/**
 * What a check found of one map.
 *
 * @param check its id
 * @param title of the check
 * @param claim what the answer is about, in a few words, as in "follows the weights"
 * @param answer whether the claim holds
 * @param words what was found, in one or more whole sentences
 * @param measures its numbers, the most telling first
 * @param parts what is shown of it: curves, tables, maps
 */
public record Finding(
    String check,
    String title,
    String claim,
    Answer answer,
    String words,
    List<Measure> measures,
    List<Part> parts) {

  public Finding {
    measures = List.copyOf(measures);
    parts = List.copyOf(parts);
  }

  /** What a check found. */
  public static Finding of(
      Check check,
      String claim,
      Answer answer,
      String words,
      List<Measure> measures,
      List<? extends Part> parts) {
    return new Finding(
        check.id(), check.title(), claim, answer, words, measures, List.copyOf(parts));
  }

  /** A check that could not be made, and why. */
  static Finding impossible(Check check, String why) {
    String title = check.title();
    String claim = title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1); // as claims
    return of(check, claim, Answer.OPEN, why, List.of(), List.of());
  }

  /** The claim and its answer, as in "follows the weights: yes". */
  public String summary() {
    return claim + ": " + (answer == Answer.OPEN && measures.isEmpty() ? "not told" : answer);
  }
}
