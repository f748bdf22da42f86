package dev.picasso.app.web.state;

import java.time.Duration;

/** Times for people. */
final class Durations {
  private static final int SHORT = 120;

  private Durations() {}

  /** As in "90 s" and "10 min". */
  static String words(Duration time) {
    return time.toSeconds() < SHORT ? time.toSeconds() + " s" : time.toMinutes() + " min";
  }
}
