package dev.picasso.app.cli;

import java.util.Arrays;
import java.util.Optional;

/** Whether Java could read the words of the command line. */
final class Encoding {
  /** Stands for letters that it could not. */
  private static final String UNREADABLE = "\uFFFD";

  private Encoding() {}

  /** What is wrong with the words, and the remedy. */
  static Optional<String> problem(String[] words) {
    return problem(words, System.getProperty("sun.jnu.encoding", "UTF-8"));
  }

  /**
   * The same where the system's names are in another encoding. In UTF-8 the character may be meant.
   */
  static Optional<String> problem(String[] words, String system) {
    if (system.equalsIgnoreCase("UTF-8")) {
      return Optional.empty();
    }
    return Arrays.stream(words)
        .filter(w -> w.contains(UNREADABLE))
        .findFirst()
        .map(
            w ->
                w
                    + ": has letters that do not exist in the language settings of this shell ("
                    + system
                    + "). Set them to one with UTF-8, as in LC_ALL=C.UTF-8.");
  }
}
