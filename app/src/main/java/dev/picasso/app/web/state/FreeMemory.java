package dev.picasso.app.web.state;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How much memory this machine, or this container, could still give. */
final class FreeMemory {
  private static final Path FACTS = Path.of("/proc/meminfo");

  private FreeMemory() {}

  /** Bytes; what the system only keeps copies of files in counts as free where it tells. */
  static long bytes() {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
      return 0;
    }
    Map<String, Long> facts = facts();
    Optional<Long> available = Optional.ofNullable(facts.get("MemAvailable"));
    boolean contained = system.getTotalMemorySize() < facts.getOrDefault("MemTotal", 0L);
    return contained || available.isEmpty() ? system.getFreeMemorySize() : available.get();
  }

  /** What Linux tells, in bytes by name; nothing elsewhere. */
  private static Map<String, Long> facts() {
    try (Stream<String> lines = Files.lines(FACTS)) {
      return lines
          .filter(line -> line.matches("\\w+: +\\d{1,15} kB"))
          .map(line -> line.split("[: ]+", -1))
          .collect(Collectors.toMap(w -> w[0], w -> Long.parseLong(w[1]) << 10, (a, b) -> a));
    } catch (IOException e) {
      return Map.of();
    }
  }
}
