package dev.picasso.app.web.state;

import dev.picasso.catalogue.CatalogueEntry;
import dev.picasso.catalogue.PullListener;
import java.util.Optional;

/** A model on its way from its publisher: how far it is, and what became of it. */
public final class Pull extends Ongoing<Pull.Status> implements PullListener {
  /** How it stands. */
  public enum State {
    PULLING,
    DONE,
    CANCELLED,
    FAILED
  }

  /**
   * How it stands at one moment.
   *
   * @param version grows with every change
   * @param bytes that are here
   * @param secondsLeft estimated; empty where nothing tells yet
   * @param model the id under which it is served, once it is
   * @param problem why it failed
   */
  public record Status(
      long version,
      State state,
      long bytes,
      Optional<Double> secondsLeft,
      Optional<String> model,
      Optional<String> problem) {}

  /** Seconds after which the speed tells how long it will take. */
  private static final double TELLING = 1;

  private final CatalogueEntry entry;
  private final Session owner;
  private State state = State.PULLING;
  private Optional<String> model = Optional.empty();
  private Optional<String> problem = Optional.empty();
  private long bytes;

  /** What was here when bytes began to come, and when that was. */
  private long startBytes = -1;

  private long startTime;

  Pull(CatalogueEntry entry, Session owner) {
    this.entry = entry;
    this.owner = owner;
  }

  public CatalogueEntry entry() {
    return entry;
  }

  /** Who asked for it first, and may cancel it. */
  public Session owner() {
    return owner;
  }

  @Override
  public synchronized Status status() {
    return new Status(version(), state, bytes, secondsLeft(), model, problem);
  }

  private Optional<Double> secondsLeft() {
    double seconds = (System.nanoTime() - startTime) / 1e9;
    long came = bytes - startBytes;
    return state == State.PULLING && startBytes >= 0 && seconds > TELLING && came > 0
        ? Optional.of(seconds * (entry.size() - bytes) / came)
        : Optional.empty();
  }

  /** Stops it; what has come is kept on the disk. */
  public void cancel() {
    end(State.CANCELLED, Optional.empty(), Optional.empty());
  }

  @Override
  public synchronized void progress(long now, long of) {
    if (startBytes < 0 || now < bytes) {
      startBytes = now;
      startTime = System.nanoTime();
    }
    bytes = now;
    changed();
  }

  @Override
  public synchronized boolean cancelled() {
    return isEnded() || Thread.currentThread().isInterrupted();
  }

  @Override
  synchronized boolean isEnded() {
    return state != State.PULLING;
  }

  void done(String id) {
    end(State.DONE, Optional.of(id), Optional.empty());
  }

  void failed(String why) {
    end(State.FAILED, Optional.empty(), Optional.of(why));
  }

  private synchronized void end(State last, Optional<String> id, Optional<String> why) {
    if (state == State.PULLING) {
      state = last;
      model = id;
      problem = why;
      changed();
    }
  }
}
