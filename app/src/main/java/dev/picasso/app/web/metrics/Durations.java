package dev.picasso.app.web.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How long things of several kinds took: a histogram for each kind. */
final class Durations {
  private static final double[] UP_TO = {.005, .02, .1, .3, 1, 3, 10, 60};

  private final String name;
  private final String help;
  private final String label;
  private final Map<String, Kind> kinds = new ConcurrentSkipListMap<>();

  private static final class Kind {
    private final LongAdder[] counts = new LongAdder[UP_TO.length + 1];
    private final DoubleAdder sum = new DoubleAdder();

    Kind() {
      for (int i = 0; i < counts.length; i++) {
        counts[i] = new LongAdder();
      }
    }

    void add(double seconds) {
      int i = 0;
      while (i < UP_TO.length && seconds > UP_TO[i]) {
        i++;
      }
      counts[i].increment();
      sum.add(seconds);
    }
  }

  Durations(String name, String help, String label) {
    this.name = name;
    this.help = help;
    this.label = label;
  }

  void add(String kind, double seconds) {
    kinds.computeIfAbsent(kind, k -> new Kind()).add(seconds);
  }

  void writeTo(Exposition out) {
    out.name(name, "histogram", help);
    kinds.forEach(
        (of, kind) -> {
          long below = 0;
          for (int i = 0; i <= UP_TO.length; i++) {
            below += kind.counts[i].sum();
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put(label, of);
            labels.put("le", i < UP_TO.length ? String.valueOf(UP_TO[i]) : "+Inf");
            out.series(name + "_bucket", labels, (double) below);
          }
          out.series(name + "_sum", Map.of(label, of), kind.sum.sum());
          out.series(name + "_count", Map.of(label, of), (double) below);
        });
  }
}
