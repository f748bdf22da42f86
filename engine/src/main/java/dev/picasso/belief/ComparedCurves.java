package dev.picasso.belief;

import dev.picasso.visualization.Curve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Curves of deletion and insertion beside those of orders that look at no model, and what they
 * tell: the area of insertion less that of deletion is compared, so that both count alike.
 *
 * @param gone a curve of deletion for each of {@link #LINES}
 * @param back a curve of insertion for each
 * @param how pixels are taken out, in words
 */
record ComparedCurves(
    Subject subject, RemovalCurves curves, List<double[]> gone, List<double[]> back, String how) {
  /** Orders that are compared, the map's first. */
  static final List<String> LINES =
      List.of("the map", "random order", "centre blob", "edge filter");

  private static final List<String> SHORT = List.of("map", "random", "centre", "edge");
  private static final int EDGE = 3;

  /** Areas that differ by less are alike. */
  private static final double ALIKE = .005;

  /** A picture that loses less than this with all its pixels has nothing to be found. */
  private static final double NOTHING = .05;

  Finding finding(Check check) {
    double[] deleted = gone.stream().mapToDouble(curves::area).toArray();
    double[] inserted = back.stream().mapToDouble(curves::area).toArray();
    double[] both = new double[deleted.length];
    Arrays.setAll(both, k -> inserted[k] - deleted[k]);
    return Finding.of(
        check,
        "better than an edge filter",
        lost() < NOTHING ? Answer.OPEN : answer(both[0] - both[EDGE]),
        words(deleted, inserted, both),
        measures(deleted, inserted, both),
        List.of(
            drawn("Deletion", "taken out", gone, deleted),
            drawn("Insertion", "put back", back, inserted)));
  }

  /** What the class loses with all pixels. */
  private double lost() {
    return gone.get(0)[0] - gone.get(0)[curves.counts().length - 1];
  }

  private static Answer answer(double better) {
    return Math.abs(better) < ALIKE ? Answer.OPEN : Answer.of(better > 0);
  }

  private String words(double[] deleted, double[] inserted, double[] both) {
    String words =
        String.format(
            Locale.ROOT,
            "The map %s: insertion less deletion is %s. The mean %s is %s while what it marks is"
                + " taken out first (lower is better), and %s while that is put back first (higher"
                + " is better). Taken out: %s.",
            compared(both),
            beside(both),
            subject.noun(),
            beside(deleted),
            beside(inserted),
            how);
    return lost() < NOTHING
        ? String.format(
            Locale.ROOT,
            "%s Without any of its pixels the picture loses only %.3f of its %s, so that little"
                + " can be compared; try another substrate.",
            words,
            lost(),
            subject.noun())
        : words;
  }

  /** As in "beats random order and centre blob, not edge filter". */
  private static String compared(double[] both) {
    List<String> beaten = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int k = 1; k < both.length; k++) {
      (both[0] - both[k] >= ALIKE ? beaten : others).add(LINES.get(k));
    }
    return beaten.isEmpty()
        ? "beats neither random order nor centre blob nor edge filter"
        : "beats "
            + listed(beaten, " and ")
            + (others.isEmpty() ? "" : ", but not " + listed(others, " or "));
  }

  private static String listed(List<String> names, String word) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + word + names.get(last);
  }

  private static String beside(double[] values) {
    StringBuilder text = new StringBuilder(number(values[0])).append(" (");
    for (int k = 1; k < values.length; k++) {
      text.append(k > 1 ? ", " : "").append(SHORT.get(k)).append(' ').append(number(values[k]));
    }
    return text.append(')').toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replace('-', '−');
  }

  /** The names of the numbers, before there are any. */
  static List<String> measureNames() {
    List<String> names = new ArrayList<>(List.of("area", "insertion-area"));
    List<String> others = SHORT.subList(1, SHORT.size());
    others.forEach(other -> names.add("beats-" + other));
    others.forEach(
        other -> names.addAll(List.of("deletion-beats-" + other, "insertion-beats-" + other)));
    return names;
  }

  private List<Measure> measures(double[] deleted, double[] inserted, double[] both) {
    boolean shares = subject.noun().equals("probability");
    String range = shares ? "0 to 1" : "a score";
    String apart = shares ? "−1 to 1" : "a difference of scores";
    String twice = shares ? "−2 to 2" : apart;
    List<Measure> measures = new ArrayList<>();
    measures.add(Measure.lower("area", deleted[0], range));
    measures.add(Measure.higher("insertion-area", inserted[0], range));
    for (int k = 1; k < both.length; k++) {
      measures.add(Measure.higher("beats-" + SHORT.get(k), both[0] - both[k], twice));
    }
    for (int k = 1; k < both.length; k++) {
      String name = SHORT.get(k);
      measures.add(Measure.higher("deletion-beats-" + name, deleted[k] - deleted[0], apart));
      measures.add(Measure.higher("insertion-beats-" + name, inserted[0] - inserted[k], apart));
    }
    return measures;
  }

  private Curve drawn(String label, String done, List<double[]> values, double[] areas) {
    List<Curve.Line> lines = new ArrayList<>();
    for (int k = 0; k < areas.length; k++) {
      lines.add(Curve.Line.of(LINES.get(k) + ", area " + number(areas[k]), values.get(k)));
    }
    return new Curve(
        label,
        "share of the picture " + done,
        Arrays.stream(curves.places()).boxed().toList(),
        subject.noun() + " of " + subject.about().label(),
        lines,
        "taken out: " + how);
  }
}
