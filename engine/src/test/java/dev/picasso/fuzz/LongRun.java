package dev.picasso.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@link HostileFiles} in processes of its own, and starts another where one has died. */
final class LongRun {
  private static final int MOST_FINDINGS = 50;

  private final Path folder;
  private final List<Path> roots;

  /**
   * Runs.
   *
   * @param folder for files on the way
   * @param roots folders with sound models
   */
  LongRun(Path folder, List<Path> roots) {
    this.folder = folder;
    this.roots = List.copyOf(roots);
  }

  /** What came of the damaged models of a family. */
  static final class Tally {
    private final Family family;
    private final List<String> findings = new ArrayList<>();
    private long loaded;
    private long refused;
    private long slowest;
    private long largest;
    private long last = -1;
    private boolean done;

    private Tally(Family family) {
      this.family = family;
    }

    /** Models that neither loaded nor were refused in words, or not in the time and memory. */
    List<String> findings() {
      return List.copyOf(findings);
    }

    private void take(String line) {
      String[] words = line.split(" ", 6);
      switch (words[0]) {
        case "try" -> last = Long.parseLong(words[2]);
        case "LOADED" -> {
          loaded++;
          measure(words);
        }
        case "REFUSED" -> {
          refused++;
          measure(words);
        }
        case "done" -> done = true;
        default -> {
          if (line.startsWith("\t") || line.startsWith("Caused by")) {
            int at = findings.size() - 1;
            if (at >= 0 && findings.get(at).length() < 4000) {
              findings.set(at, findings.get(at) + "\n" + line);
            }
          } else {
            findings.add(line);
          }
        }
      }
    }

    private void measure(String[] words) {
      slowest = Math.max(slowest, Long.parseLong(words[3]));
      largest = Math.max(largest, Long.parseLong(words[4]));
    }

    @Override
    public String toString() {
      return "%s: %d loaded, %d refused, %d findings, slowest %d ms, most memory %d MB"
          .formatted(family, loaded, refused, findings.size(), slowest, largest / 1024);
    }
  }

  /** The models of the numbers from 0 on. */
  Tally run(Family family, long count, long seed) throws IOException, InterruptedException {
    Tally tally = new Tally(family);
    while (!tally.done && tally.last + 1 < count && tally.findings.size() < MOST_FINDINGS) {
      long first = tally.last + 1;
      Process process = start(family, first, count, seed);
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          tally.take(line);
        }
      }
      int code = process.waitFor();
      if (!tally.done) {
        tally.last = Math.max(tally.last, first);
        tally.findings.add("the process ended with " + code + " at " + family + " " + tally.last);
      }
    }
    return tally;
  }

  private Process start(Family family, long first, long end, long seed) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:-OmitStackTraceInFastThrow",
                "-XX:ErrorFile=" + folder.resolve("died-%p.log"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                HostileFiles.class.getName(),
                family.name(),
                Long.toString(first),
                Long.toString(end),
                Long.toString(seed),
                folder.toString()));
    roots.forEach(r -> command.add(r.toAbsolutePath().toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
