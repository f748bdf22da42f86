package dev.picasso.app.web.state;

/**
 * Something that goes on while others watch it.
 *
 * @param <S> how it stands at one moment
 */
public abstract class Ongoing<S> {
  private long version;

  /** How it stands. */
  public abstract S status();

  /** Whether it has ended; asked with the lock of this object held. */
  abstract boolean isEnded();

  /** Grows with every change. */
  final synchronized long version() {
    return version;
  }

  /** Tells those who wait; to be called with the lock of this object held. */
  final synchronized void changed() {
    version++;
    notifyAll();
  }

  /** Waits for a change after the version, or until the time is over. */
  public final synchronized S awaitChange(long seen, long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis;
        version <= seen && left > 0;
        left = (end - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
    return status();
  }

  /** Waits until it has ended, or the time is over. */
  public final synchronized S awaitEnd(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; !isEnded() && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
    return status();
  }
}
