package dev.picasso.belief.evaluation;

import dev.picasso.belief.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Draws means as SVG: for each measure a frame with its own axis, in it a line for each method: a
 * dot where its mean is, whiskers over the interval.
 */
final class IntervalDrawing {
  private static final int WIDTH = 640;
  private static final int LEFT = 220;
  private static final int RIGHT = 24;
  private static final int HEAD = 26;
  private static final int LINE = 22;
  private static final int AXIS = 30;
  private static final int MARKS = 4;
  private static final String INK = "#0072b2";

  private final StringBuilder out = new StringBuilder();
  private double top;

  /** The numbers that an axis shows; never of no length. */
  private record Span(double low, double high) {
    static Span of(List<Evaluation.Mean> means) {
      double[] ends =
          means.stream()
              .map(Evaluation.Mean::estimate)
              .flatMapToDouble(e -> DoubleStream.of(e.low(), e.mean(), e.high()))
              .filter(Double::isFinite)
              .toArray();
      double low = DoubleStream.of(ends).min().orElse(0);
      double high = DoubleStream.of(ends).max().orElse(1);
      double margin = high > low ? .04 * (high - low) : .5;
      return new Span(low - margin, high + margin);
    }

    double x(double number) {
      return LEFT + (number - low) / (high - low) * (WIDTH - LEFT - RIGHT);
    }

    /** Round numbers between the ends, three to six of them. */
    double[] marks() {
      double rough = (high - low) / MARKS;
      double ten = Math.pow(10, Math.floor(Math.log10(rough)));
      double step =
          DoubleStream.of(1, 2, 5, 10)
              .map(n -> n * ten)
              .filter(n -> n >= rough)
              .min()
              .orElse(rough);
      return DoubleStream.iterate(Math.ceil(low / step), n -> n * step <= high, n -> n + 1)
          .map(n -> n * step)
          .toArray();
    }
  }

  private IntervalDrawing() {}

  /** Draws all means, measure below measure. */
  static String svg(List<Evaluation.Mean> means) {
    Map<String, List<Evaluation.Mean>> byMeasure = new LinkedHashMap<>();
    means.stream()
        .filter(m -> Double.isFinite(m.estimate().mean()))
        .forEach(m -> byMeasure.computeIfAbsent(m.name(), n -> new ArrayList<>()).add(m));
    IntervalDrawing drawing = new IntervalDrawing();
    byMeasure.forEach(drawing::measure);
    double height = drawing.top + 8;
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %.0f\" width=\"%d\""
                + " height=\"%.0f\" font-family=\"sans-serif\" font-size=\"12\">%n<rect"
                + " width=\"%d\" height=\"%.0f\" fill=\"#ffffff\"/>%n",
            WIDTH,
            height,
            WIDTH,
            height,
            WIDTH,
            height)
        + drawing.out
        + "</svg>\n";
  }

  private void measure(String name, List<Evaluation.Mean> means) {
    Span span = Span.of(means);
    Measure.Better better = means.get(0).better();
    String way = better == Measure.Better.NEITHER ? "" : ", " + better + " is better";
    add("<text x=\"10\" y=\"%.1f\" font-weight=\"bold\">%s%s</text>", top + 18, xml(name), way);
    double first = top + HEAD;
    double end = first + LINE * means.size();
    for (double at : span.marks()) {
      add("<path d=\"M%.1f %.1fV%.1f\" stroke=\"#dddddd\"/>", span.x(at), first, end);
      add(
          "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" fill=\"#555555\">%s</text>",
          span.x(at), end + 15, Estimate.figures(at));
    }
    for (int i = 0; i < means.size(); i++) {
      line(means.get(i), span, first + LINE * (i + .5));
    }
    top = end + AXIS;
  }

  private void line(Evaluation.Mean mean, Span span, double y) {
    Estimate estimate = mean.estimate();
    add(
        "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
        LEFT - 12, y + 4, xml(shortened(mean.method())));
    if (estimate.hasInterval()) {
      double low = span.x(estimate.low());
      double high = span.x(estimate.high());
      add(
          "<path d=\"M%.1f %.1fH%.1fM%.1f %.1fv8M%.1f %.1fv8\" stroke=\"%s\" stroke-width=\"2\"/>",
          low, y, high, low, y - 4, high, y - 4, INK);
    }
    add(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%s, %d images</title></circle>",
        span.x(estimate.mean()), y, INK, estimate.text(), estimate.count());
  }

  private static String shortened(String text) {
    return text.length() > 34 ? text.substring(0, 33) + "…" : text;
  }

  private void add(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** Settings hold any text; XML takes no control characters at all. */
  private static String xml(String words) {
    return words
        .replaceAll("[\\p{Cntrl}\\x{FFFE}\\x{FFFF}\\x{D800}-\\x{DFFF}]", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
