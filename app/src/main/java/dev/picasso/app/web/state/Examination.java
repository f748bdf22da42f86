package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.doctor.Diagnosis;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A doctor at work on a model: how far it is, and what it found. */
public final class Examination extends Ongoing<Examination.Status> {
  private static final Logger LOG = LoggerFactory.getLogger(Examination.class);

  /** How it stands. */
  public enum State {
    RUNNING,
    DONE,
    STOPPED,
    FAILED
  }

  /**
   * How it stands at one moment.
   *
   * @param version grows with every change
   * @param progress from 0 to 1
   * @param found once it is done
   * @param problem why it failed
   */
  public record Status(
      long version,
      State state,
      double progress,
      Optional<Diagnosis> found,
      Optional<String> problem) {}

  /** What is done. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it.
     *
     * @param stop ends it early
     * @param progress is told how far it is, from 0 to 1
     * @throws PicassoException if it cannot be done
     */
    Diagnosis examine(Stop stop, DoubleConsumer progress);
  }

  private final Stop stop = new Stop();
  private State state = State.RUNNING;
  private Optional<Diagnosis> found = Optional.empty();
  private Optional<String> problem = Optional.empty();
  private double progress;

  /** Does the work, which ends with this call, one way or the other. */
  public void run(Work work) {
    try {
      end(State.DONE, Optional.of(work.examine(stop, this::progress)), Optional.empty());
    } catch (StoppedException e) {
      end(State.STOPPED, Optional.empty(), Optional.empty());
    } catch (PicassoException e) {
      end(State.FAILED, Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      LOG.warn("the doctor failed", e);
      String fault = "The doctor failed; this is a fault in Picasso (" + e + ").";
      end(State.FAILED, Optional.empty(), Optional.of(fault));
    }
  }

  /** The work ends as soon as it can. */
  public void stop() {
    stop.request();
  }

  @Override
  public synchronized Status status() {
    return new Status(version(), state, progress, found, problem);
  }

  @Override
  synchronized boolean isEnded() {
    return state != State.RUNNING;
  }

  private synchronized void progress(double share) {
    progress = share;
    changed();
  }

  private synchronized void end(State last, Optional<Diagnosis> diagnosis, Optional<String> why) {
    state = last;
    found = diagnosis;
    problem = why;
    changed();
  }
}
