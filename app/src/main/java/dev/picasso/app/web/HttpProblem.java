package dev.picasso.app.web;

import java.util.Collection;
import java.util.List;

/** A request that cannot be answered as asked; the message is for people. */
final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MOST_NAMES = 20;
  private static final int LONGEST = 80;

  private final int status;
  private final String[] problems;

  /**
   * @param status 4xx or 5xx
   * @param problems a sentence for each, where there are several
   */
  HttpProblem(int status, String message, List<String> problems) {
    super(message);
    this.status = status;
    this.problems = problems.toArray(String[]::new);
  }

  HttpProblem(int status, String message) {
    this(status, message, List.of());
  }

  /** 400. */
  static HttpProblem wrong(String message) {
    return new HttpProblem(400, message);
  }

  /** 404, with the names that there are. */
  static HttpProblem unknown(String what, String name, Collection<String> names) {
    String there =
        names.isEmpty()
            ? "there is none."
            : (names.size() == 1 ? "there is " : "there are ")
                + String.join(", ", names.stream().limit(MOST_NAMES).toList())
                + (names.size() > MOST_NAMES ? " and others." : ".");
    return new HttpProblem(404, "There is no " + what + " " + shown(name) + "; " + there);
  }

  /** A name of a stranger's, not too long for a message. */
  static String shown(String name) {
    return name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
  }

  int status() {
    return status;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  List<String> problems() {
    return List.of(problems);
  }
}
