package dev.picasso.app.web.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;

/** A sum for each combination of labels; of those there are few, whatever strangers send. */
final class Counter {
  private final String name;
  private final String help;
  private final List<String> labels;
  private final Map<List<String>, DoubleAdder> sums = new ConcurrentSkipListMap<>(Counter::compare);

  Counter(String name, String help, String... labels) {
    this.name = name;
    this.help = help;
    this.labels = List.of(labels);
  }

  private static int compare(List<String> a, List<String> b) {
    return Arrays.compare(a.toArray(String[]::new), b.toArray(String[]::new));
  }

  /**
   * Adds to the sum of these labels.
   *
   * @param values in the order of the labels
   */
  void add(double amount, String... values) {
    sums.computeIfAbsent(List.of(values), v -> new DoubleAdder()).add(amount);
  }

  void writeTo(Exposition out) {
    out.name(name, "counter", help);
    sums.forEach((values, sum) -> out.series(name, named(values), sum.sum()));
  }

  private Map<String, String> named(List<String> values) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      named.put(labels.get(i), values.get(i));
    }
    return named;
  }
}
