package dev.picasso.app.web.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Text in Prometheus' exposition format 0.0.4: a help line and a type line for each name, then a
 * line for each series.
 */
final class Exposition {
  private final StringBuilder text = new StringBuilder();

  /** Begins a name. */
  Exposition name(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /** A series of it. */
  Exposition series(String name, Map<String, String> labels, double value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append(
          labels.entrySet().stream()
              .map(e -> e.getKey() + "=\"" + escaped(e.getValue()) + "\"")
              .collect(Collectors.joining(",", "{", "}")));
    }
    text.append(' ').append(number(value)).append('\n');
    return this;
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? String.format(Locale.ROOT, "%.0f", value) : Double.toString(value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
