package dev.picasso.app.web.state;

import dev.picasso.Stop;
import dev.picasso.StoppedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ends work that takes too long, wherever it is: work that others wait for, with models of
 * strangers, which may compute for hours.
 *
 * @param longest that a piece of work may take
 */
public record TimeLimit(Duration longest) {
  /** For work of whoever serves. */
  public static final TimeLimit NONE = new TimeLimit(Duration.ofDays(365));

  /** The shorter one of this and another limit. */
  public TimeLimit atMost(Duration other) {
    return longest.compareTo(other) <= 0 ? this : new TimeLimit(other);
  }

  /**
   * Does work.
   *
   * @param stop ends the work, and is requested when its time is over
   * @throws TookTooLongException if its time was over
   * @throws StoppedException if it was stopped before
   */
  public <R> R within(Stop stop, Supplier<R> work) {
    CompletableFuture<Boolean> over =
        new CompletableFuture<Boolean>()
            .completeOnTimeout(true, longest.toMillis(), TimeUnit.MILLISECONDS);
    var unused = over.thenRun(stop::request);
    try {
      return work.get();
    } catch (StoppedException e) {
      if (over.isDone()) {
        throw new TookTooLongException(longest, e);
      }
      throw e;
    } finally {
      over.cancel(false);
    }
  }
}
