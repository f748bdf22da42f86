package dev.picasso.visualization;

import dev.picasso.Words;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Draws curves as SVG: a frame, five marks a side, a line of its own colour for each name. */
final class CurveDrawing {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 300;
  private static final int LEFT = 62;
  private static final int RIGHT = 16;
  private static final int TOP = 14;
  private static final int BOTTOM = 46;
  private static final int LEGEND = 18;
  private static final int MARKS = 4;

  /** Okabe and Ito 2008: told apart by colour-blind people as well. */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

  private final Curve curve;
  private final Span across;
  private final Span up;
  private final StringBuilder out = new StringBuilder();

  /** The numbers that an axis shows; never of no length. */
  private record Span(double low, double high) {
    static Span of(DoubleStream numbers) {
      double[] finite = numbers.filter(Double::isFinite).toArray();
      double low = DoubleStream.of(finite).min().orElse(0);
      double high = DoubleStream.of(finite).max().orElse(1);
      return high > low ? new Span(low, high) : new Span(low - .5, low + .5);
    }

    double share(double number) {
      return (number - low) / (high - low);
    }

    double at(double share) {
      return low + share * (high - low);
    }
  }

  private CurveDrawing(Curve curve) {
    this.curve = curve;
    this.across = Span.of(curve.places().stream().mapToDouble(d -> d));
    this.up = Span.of(curve.lines().stream().flatMap(l -> l.values().stream()).mapToDouble(d -> d));
  }

  static String svg(Curve curve) {
    return new CurveDrawing(curve).draw();
  }

  private String draw() {
    int height = HEIGHT + LEGEND * curve.lines().size();
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH, height, WIDTH, height);
    add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
    for (int i = 0; i <= MARKS; i++) {
      mark((double) i / MARKS);
    }
    text(x(.5), HEIGHT - 8, "middle", curve.across());
    add(
        "<text transform=\"translate(14 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>",
        y(.5), escaped(curve.up()));
    for (int i = 0; i < curve.lines().size(); i++) {
      line(curve.lines().get(i), i);
    }
    return out.append("</svg>\n").toString();
  }

  private void mark(double share) {
    add(
        "<path d=\"M%.1f %.1fV%.1fM%.1f %.1fH%.1f\" stroke=\"#dddddd\"/>",
        x(share), y(0), y(1), x(0), y(share), x(1));
    text(x(share), y(0) + 16, "middle", number(across.at(share)));
    text(x(0) - 6, y(share) + 4, "end", number(up.at(share)));
  }

  private void line(Curve.Line line, int index) {
    String colour = COLOURS.get(index % COLOURS.size());
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < line.values().size(); i++) {
      double value = line.values().get(i);
      double place = curve.places().get(i);
      boolean known = Double.isFinite(value) && Double.isFinite(place);
      if (known) {
        path.append(
            String.format(
                Locale.ROOT,
                "%s%.1f %.1f",
                drawing ? "L" : "M",
                x(across.share(place)),
                y(up.share(value))));
      }
      drawing = known;
    }
    add(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linecap=\"round\"/>",
        path, colour);
    double below = HEIGHT + LEGEND * index + 4.;
    add("<path d=\"M%d %.1fh20\" stroke=\"%s\" stroke-width=\"2\"/>", LEFT, below, colour);
    text(LEFT + 26, below + 4, "start", line.name());
  }

  private static double x(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static String number(double number) {
    return Words.number(Double.parseDouble(String.format(Locale.ROOT, "%.3g", number)));
  }

  private void text(double x, double y, String anchor, String words) {
    add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped(words));
  }

  private void add(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** Labels come from files; XML takes no control characters at all. */
  private static String escaped(String words) {
    return words
        .replaceAll("[\\p{Cntrl}\\x{FFFE}\\x{FFFF}\\x{D800}-\\x{DFFF}]", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
