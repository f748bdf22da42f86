package dev.picasso.app.web.metrics;

import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what was asked and how long it took. Neither queries nor bodies nor headers stand in it, so
 * no token and no image does; what strangers write is shown as text on one line.
 */
public final class RequestLog {
  /** The logger of every request. */
  public static final String REQUESTS = "picasso.requests";

  /** The logger of runs. */
  public static final String WORK = "picasso.work";

  private static final int LONGEST = 160;

  private final Logger requests = LoggerFactory.getLogger(REQUESTS);
  private final Logger work = LoggerFactory.getLogger(WORK);

  /** A request was answered. */
  public void answered(String method, String path, int status, Duration took, String from) {
    if (requests.isInfoEnabled()) {
      requests.info(
          "{} {} {} {} from {}", method, harmless(path), status, words(took), harmless(from));
    }
  }

  /** A run ended after so much work on it. */
  public void ended(String run, String what, int images, String state, Duration worked) {
    if (work.isInfoEnabled()) {
      work.info(
          "run {}: {}, {}, {} after {} of work",
          run,
          harmless(what),
          images == 1 ? "1 image" : images + " images",
          state,
          words(worked));
    }
  }

  /** Without what would begin a new line or steer a terminal; not too long. */
  static String harmless(String text) {
    String plain = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }

  private static String words(Duration took) {
    long millis = took.toMillis();
    return millis < 10_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.);
  }
}
