package dev.picasso.app.web.state;

import java.time.Duration;

/** Is told what was worked on. */
public interface WorkLog {
  /**
   * A run had its turn.
   *
   * @param took this turn
   * @param all of its turns so far
   */
  void worked(Run run, Duration took, Duration all);

  /** A run has ended, one way or the other; told once, a little later. */
  void ended(Run run);
}
