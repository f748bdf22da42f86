package dev.picasso.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times several pieces of work in turns, so that a busy or slowing machine treats all alike.
 *
 * <p>A round runs each once. The ratio of two pieces is the median of the ratios within the rounds:
 * what disturbs a whole round cancels out.
 */
final class Interleaved {
  private static final double NANOS = 1e6;

  private final Map<String, Runnable> work = new LinkedHashMap<>();
  private final Map<String, List<Double>> millis = new LinkedHashMap<>();

  Interleaved add(String name, Runnable piece) {
    work.put(name, piece);
    millis.put(name, new ArrayList<>());
    return this;
  }

  /** Runs everything that often, after a few rounds that are not counted. */
  Interleaved run(int rounds) {
    for (int round = -Math.max(3, rounds / 5); round < rounds; round++) {
      for (var entry : work.entrySet()) {
        long begun = System.nanoTime();
        entry.getValue().run();
        double taken = (System.nanoTime() - begun) / NANOS;
        if (round >= 0) {
          times(entry.getKey()).add(taken);
        }
      }
    }
    return this;
  }

  /** Milliseconds, the middle of all rounds. */
  double median(String name) {
    return median(times(name));
  }

  /** How many times as long as another; the middle of all rounds. */
  double ratio(String name, String other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < times(name).size(); i++) {
      ratios.add(times(name).get(i) / times(other).get(i));
    }
    return median(ratios);
  }

  private List<Double> times(String name) {
    List<Double> times = millis.get(name);
    if (times == null) {
      throw new IllegalArgumentException("nothing is called " + name);
    }
    return times;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }
}
