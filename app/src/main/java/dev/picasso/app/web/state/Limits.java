package dev.picasso.app.web.state;

import dev.picasso.model.config.Allowance;
import java.time.Duration;

/**
 * How much one person, and all together, may have on the server.
 *
 * @param sessions kept at once; the one longest unused goes first
 * @param images of a session
 * @param imagesOfRun in one run
 * @param runs of a session, the oldest finished ones go first
 * @param running runs of a session that are not finished
 * @param models that a session uploaded
 * @param modelBytes of one upload of model files
 * @param waiting runs of all sessions that wait for their turn
 * @param steps that a method may be asked for, and samples, and masks
 * @param left after how long without a sign of a person their work is stopped
 */
public record Limits(
    int sessions,
    int images,
    int imagesOfRun,
    int runs,
    int running,
    int models,
    long modelBytes,
    int waiting,
    int steps,
    Duration left) {
  private static final int RUNS = 40;
  private static final int RUNNING = 8;

  /** With the usual steps and patience. */
  public Limits(
      int sessions,
      int images,
      int imagesOfRun,
      int runs,
      int running,
      int models,
      long modelBytes,
      int waiting) {
    this(
        sessions,
        images,
        imagesOfRun,
        runs,
        running,
        models,
        modelBytes,
        waiting,
        Allowance.defaults().steps(),
        Allowance.defaults().left());
  }

  public static Limits defaults() {
    return of(Allowance.defaults());
  }

  /** As somebody who serves wants them. */
  public static Limits of(Allowance allowance) {
    return new Limits(
        allowance.sessions(),
        allowance.images(),
        allowance.imagesOfRun(),
        RUNS,
        RUNNING,
        allowance.models(),
        allowance.modelBytes(),
        allowance.waiting(),
        allowance.steps(),
        allowance.left());
  }

  /** The same with other patience. */
  public Limits leaving(Duration after) {
    return new Limits(
        sessions, images, imagesOfRun, runs, running, models, modelBytes, waiting, steps, after);
  }

  /** The same with another number of steps. */
  public Limits withSteps(int most) {
    return new Limits(
        sessions, images, imagesOfRun, runs, running, models, modelBytes, waiting, most, left);
  }
}
