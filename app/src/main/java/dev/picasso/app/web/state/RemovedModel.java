package dev.picasso.app.web.state;

import java.time.Duration;
import java.time.Instant;

/**
 * An opened model that its person took away. Its files stay for a while, or until there is no room
 * for them.
 *
 * @param model gives no memory any more, and is not loaded again; a copy of it is
 * @param at when it was taken away
 */
public record RemovedModel(ServedModel model, Instant at) {
  /** How long it can be restored. */
  public static final Duration RESTORABLE = Duration.ofMinutes(10);

  boolean isOver(Instant now) {
    return at.plus(RESTORABLE).isBefore(now);
  }
}
