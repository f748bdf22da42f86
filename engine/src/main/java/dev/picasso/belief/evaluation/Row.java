package dev.picasso.belief.evaluation;

import dev.picasso.belief.Answer;
import dev.picasso.belief.Finding;
import dev.picasso.belief.Measure;
import dev.picasso.belief.Requirement;
import dev.picasso.image.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A number that a check found of one map of one image.
 *
 * @param image its name
 * @param sha256 of its bytes, which tells it from others
 * @param about label of the class that is explained
 * @param probability of that class
 * @param method as people write it, with settings that are not the usual ones
 * @param check written so as well
 * @param measure its name; {@value #HOLDS} for whether the check's claim holds, 1 or 0
 * @param value NaN where there is none
 * @param better which way is better
 */
public record Row(
    String image,
    String sha256,
    String about,
    double probability,
    String method,
    String check,
    String measure,
    double value,
    Measure.Better better) {

  /** Names the row that tells whether a check's claim holds; it is the last one of a check. */
  public static final String HOLDS = Requirement.HOLDS;

  static final List<String> COLUMNS =
      List.of(
          "image",
          "sha256",
          "class",
          "probability",
          "method",
          "check",
          "measure",
          "value",
          "better");

  /** The rows of what one check found, the one named {@value #HOLDS} last. */
  public static List<Row> of(
      String image, String sha256, Prediction about, String method, String check, Finding finding) {
    List<Row> rows = new ArrayList<>();
    for (Measure m : finding.measures()) {
      rows.add(
          new Row(
              image,
              sha256,
              about.label(),
              about.probability(),
              method,
              check,
              m.name(),
              m.value(),
              m.better()));
    }
    double holds = finding.answer() == Answer.OPEN ? Double.NaN : yes(finding) ? 1 : 0;
    rows.add(
        new Row(
            image,
            sha256,
            about.label(),
            about.probability(),
            method,
            check,
            HOLDS,
            holds,
            Measure.Better.HIGHER));
    return List.copyOf(rows);
  }

  private static boolean yes(Finding finding) {
    return finding.answer() == Answer.YES;
  }

  /** Check and measure in a word, as in "deletion.area". */
  public String name() {
    return check + "." + measure;
  }

  /** The same map's number of another name, where there is none. */
  public Row without(String other) {
    return new Row(
        image,
        sha256,
        about,
        probability,
        method,
        check,
        other,
        Double.NaN,
        Measure.Better.NEITHER);
  }

  List<String> cells() {
    return List.of(
        image,
        sha256,
        about,
        text(probability),
        method,
        check,
        measure,
        text(value),
        better.toString());
  }

  /** Empty for what is no number. */
  static String text(double number) {
    return Double.isFinite(number) ? String.valueOf(number) : "";
  }

  /**
   * A row of its cells.
   *
   * @throws IllegalArgumentException if they are no row
   */
  static Row of(List<String> cells) {
    if (cells.size() != COLUMNS.size()) {
      throw new IllegalArgumentException(cells.size() + " cells");
    }
    return new Row(
        cells.get(0),
        cells.get(1),
        cells.get(2),
        number(cells.get(3)),
        cells.get(4),
        cells.get(5),
        cells.get(6),
        number(cells.get(7)),
        Measure.Better.valueOf(cells.get(8).toUpperCase(Locale.ROOT)));
  }

  private static double number(String text) {
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }
}
