package dev.picasso.app.cli;

import dev.picasso.app.web.metrics.RequestLog;

/** What a server says while it runs. */
enum LogLevel {
  /** What is wrong. */
  WARNINGS,
  /** Also each run. */
  WORK,
  /** Also each request. */
  REQUESTS,
  /** Everything. */
  DEBUG;

  private static final String LOGGER = "org.slf4j.simpleLogger.";

  /** To be called before anything logs; the logger reads these properties once. */
  void use() {
    if (this == WARNINGS) {
      return;
    }
    System.setProperty(LOGGER + "showDateTime", "true");
    System.setProperty(LOGGER + "dateTimeFormat", "yyyy-MM-dd HH:mm:ss");
    System.setProperty(LOGGER + "log." + RequestLog.WORK, "info");
    if (this != WORK) {
      System.setProperty(LOGGER + "log." + RequestLog.REQUESTS, "info");
    }
    if (this == DEBUG) {
      System.setProperty(LOGGER + "log.dev.picasso", "debug");
    }
  }
}
