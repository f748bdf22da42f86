package dev.picasso;

import java.util.ArrayList;
import java.util.List;

/**
 * Somebody's wish that a piece of work ends. Work looks for it between its steps ({@link #check});
 * what cannot look, such as a run inside the runtime, is told ({@link #telling}). A wish comes from
 * any thread and is never taken back.
 */
public final class Stop {
  private final List<Runnable> told = new ArrayList<>();
  private boolean requested;

  /** A piece of work that may fail. */
  @FunctionalInterface
  public interface Work<R, E extends Exception> {
    R get() throws E;
  }

  /** The work is to end as soon as it can. */
  public synchronized void request() {
    if (!requested) {
      requested = true;
      told.forEach(Runnable::run);
    }
  }

  public synchronized boolean isRequested() {
    return requested;
  }

  /**
   * Ends the work here if it is to end.
   *
   * @throws StoppedException if it is
   */
  public void check() {
    if (isRequested()) {
      throw new StoppedException();
    }
  }

  /**
   * Does work that is told of the wish.
   *
   * @param tell called at most once, from any thread, when the wish comes or at once where it has
   *     come; never after this has returned
   */
  public <R, E extends Exception> R telling(Runnable tell, Work<R, E> work) throws E {
    begin(tell);
    try {
      return work.get();
    } finally {
      end(tell);
    }
  }

  private synchronized void begin(Runnable tell) {
    told.add(tell);
    if (requested) {
      tell.run();
    }
  }

  private synchronized void end(Runnable tell) {
    told.removeIf(t -> t == tell);
  }
}
