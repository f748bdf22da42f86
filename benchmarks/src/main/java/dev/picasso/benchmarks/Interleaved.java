package dev.picasso.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
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
  private final Map<String, List<Double>> used = new LinkedHashMap<>();

  Interleaved add(String name, Runnable piece) {
    work.put(name, piece);
    millis.put(name, new ArrayList<>());
    used.put(name, new ArrayList<>());
    return this;
  }

  /** Runs everything that often, after a few rounds that are not counted. */
  Interleaved run(int rounds) {
    for (int round = -Math.max(3, rounds / 5); round < rounds; round++) {
      for (var entry : work.entrySet()) {
        long begun = System.nanoTime();
        long before = processorTime();
        entry.getValue().run();
        double worked = (processorTime() - before) / NANOS;
        double taken = (System.nanoTime() - begun) / NANOS;
        if (round >= 0) {
          list(millis, entry.getKey()).add(taken);
          list(used, entry.getKey()).add(worked);
        }
      }
    }
    return this;
  }

  /** Milliseconds, the middle of all rounds. */
  double median(String name) {
    return median(list(millis, name));
  }

  /** How many times as long as another; the middle of all rounds. */
  double ratio(String name, String other) {
    return ratio(millis, name, other);
  }

  /** The same of the time that all threads of this process worked: steady on a busy machine. */
  double workRatio(String name, String other) {
    return ratio(used, name, other);
  }

  private static double ratio(Map<String, List<Double>> times, String name, String other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < list(times, name).size(); i++) {
      ratios.add(list(times, name).get(i) / list(times, other).get(i));
    }
    return median(ratios);
  }

  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static List<Double> list(Map<String, List<Double>> times, String name) {
    List<Double> list = times.get(name);
    if (list == null) {
      throw new IllegalArgumentException("nothing is called " + name);
    }
    return list;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }
}
