package dev.picasso.model.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with one file, gathered so that a person sees all of it at once. */
final class Problems {
  private record Problem(int line, String text) {}

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  /**
   * Problems of a file.
   *
   * @param file its name for people
   */
  Problems(String file) {
    this.file = file;
  }

  /**
   * Notes a problem.
   *
   * @param line counted from 1
   * @param text a clause such as "port is 99999; it must be …"
   */
  void add(int line, String text) {
    found.add(new Problem(line, text));
  }

  /** Throws if there are any, in the order of lines. */
  void check() {
    if (!found.isEmpty()) {
      throw new ConfigurationException(
          found.stream()
              .sorted(Comparator.comparingInt(Problem::line))
              .map(p -> file + ", line " + p.line() + ": " + p.text())
              .toList());
    }
  }
}
