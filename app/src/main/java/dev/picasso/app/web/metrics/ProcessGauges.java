package dev.picasso.app.web.metrics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What every process has, under the names that dashboards know. */
public final class ProcessGauges {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessGauges() {}

  /** All of them. */
  public static List<Gauge> all() {
    return List.of(
        Gauge.of(
            "process_resident_memory_bytes",
            "Memory of the process, models included; 0 where the system does not tell.",
            ProcessGauges::resident),
        Gauge.of(
            "jvm_heap_used_bytes",
            "Java's heap in use, which holds images while they are decoded.",
            () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()),
        Gauge.of(
            "jvm_heap_max_bytes",
            "The most that the heap may take.",
            () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax()),
        Gauge.of(
            "jvm_threads",
            "Threads alive.",
            () -> ManagementFactory.getThreadMXBean().getThreadCount()),
        Gauge.of(
            "process_start_time_seconds",
            "When it was started, in seconds since 1970.",
            () -> ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3));
  }

  /** As Linux tells it. */
  private static double resident() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.matches("VmRSS:\\s+\\d{1,15} kB"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
