package dev.picasso.app.web.state;

import dev.picasso.Stop;
import dev.picasso.run.ExplainedInputs;
import dev.picasso.run.Provenance;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.OtherModels;
import dev.picasso.visualization.Visualization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A visualization at work on images: what was asked, how far it is, and what came out so far. */
public final class Run extends Ongoing<Run.Status> {
  /** How a run stands. */
  public enum State {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }

  /**
   * What was asked for.
   *
   * @param settings all of them, as text
   * @param classes which are shown for an image
   * @param inputs which are explained of a model with several
   * @param labels what each image truly shows, as far as it was known then
   * @param others the models that may be set beside it
   * @param goesOn id of a kept run of the same images, whose results are taken where all is as it
   *     was then
   */
  public record Order(
      ServedModel model,
      Visualization<?> visualization,
      Map<String, String> settings,
      Classes classes,
      ExplainedInputs inputs,
      List<StoredImage> images,
      List<Optional<String>> labels,
      OtherModels others,
      Optional<String> goesOn) {
    public Order {
      labels = List.copyOf(labels);
    }

    /** An order with what is known now of what images truly show. */
    public Order(
        ServedModel model,
        Visualization<?> visualization,
        Map<String, String> settings,
        Classes classes,
        ExplainedInputs inputs,
        List<StoredImage> images,
        OtherModels others) {
      this(
          model,
          visualization,
          settings,
          classes,
          inputs,
          images,
          images.stream().map(StoredImage::label).toList(),
          others,
          Optional.empty());
    }
  }

  /**
   * How a run stands at one moment.
   *
   * @param version grows with every change
   * @param ahead how many other runs go first; empty while it is at work, and at its end
   * @param progress from 0 to 1
   * @param secondsLeft estimated; empty where nothing tells yet
   * @param finished how many images have results
   * @param problem why the run failed
   */
  public record Status(
      long version,
      State state,
      Optional<Integer> ahead,
      double progress,
      Optional<Double> secondsLeft,
      int finished,
      Optional<String> problem) {}

  /** Below this share, the time that is left cannot be told. */
  private static final double TELLING = .02;

  private final String id;
  private final Path folder;
  private final Order order;
  private final Stop stop = new Stop();
  private final AtomicLong bytes = new AtomicLong();
  private final List<Optional<RunResult>> results;
  private State state = State.RUNNING;
  private Optional<String> problem = Optional.empty();
  private Optional<Provenance> provenance = Optional.empty();
  private Optional<String> given = Optional.empty();
  private Optional<Integer> ahead = Optional.empty();
  private double progress;

  /** How much of it was there before it began. */
  private double before;

  private long started;
  private boolean unwanted;
  private boolean kept;

  Run(String id, Path folder, Order order) {
    this.id = id;
    this.folder = folder;
    this.order = order;
    this.results = new ArrayList<>();
    order.images().forEach(i -> results.add(Optional.empty()));
  }

  public Order order() {
    return order;
  }

  public String id() {
    return id;
  }

  /** Holds the files of the results. */
  public Path folder() {
    return folder;
  }

  /** The results of an image, once it is finished. */
  public synchronized Optional<RunResult> result(int index) {
    return index < 0 || index >= results.size() ? Optional.empty() : results.get(index);
  }

  public synchronized Optional<Provenance> provenance() {
    return provenance;
  }

  /**
   * What tells how its images are given to the model: as when it began, whatever is said of the
   * model since; before that as it is now, if that is known.
   */
  public Optional<String> given() {
    synchronized (this) {
      if (given.isPresent()) {
        return given;
      }
    }
    return order.model().given();
  }

  @Override
  public synchronized Status status() {
    Optional<Double> left = Optional.empty();
    if (state == State.RUNNING && progress - before > TELLING) {
      double elapsed = (System.nanoTime() - started) / 1e9;
      left = Optional.of(elapsed * (1 - progress) / (progress - before));
    }
    return new Status(version(), state, ahead, progress, left, finished(), problem);
  }

  /** Waits until an image has results, it has ended, or the time is over. */
  public synchronized void awaitResult(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = millis;
        !isEnded() && finished() == 0 && left > 0;
        left = (end - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
  }

  private int finished() {
    return (int) results.stream().filter(Optional::isPresent).count();
  }

  /** Stops the run; what is finished stays. */
  public void cancel() {
    end(State.CANCELLED, Optional.empty());
  }

  @Override
  synchronized boolean isEnded() {
    return state != State.RUNNING;
  }

  /** Ends the work on it. */
  Stop stop() {
    return stop;
  }

  /** Bytes that its files take. */
  AtomicLong bytes() {
    return bytes;
  }

  /** Nobody can see it any more; it is stopped, and its files go when nothing writes them. */
  void discard() {
    synchronized (this) {
      unwanted = true;
    }
    cancel();
    Folders.delete(folder);
  }

  /** Whether it lies where it outlives the server. */
  public synchronized boolean isKept() {
    return kept;
  }

  synchronized void kept() {
    kept = true;
  }

  synchronized boolean isUnwanted() {
    return unwanted;
  }

  /**
   * The work begins.
   *
   * @param mark of the way in which its images are given to the model
   */
  synchronized void begin(Provenance from, String mark) {
    provenance = Optional.of(from);
    given = Optional.of(mark);
    started = System.nanoTime();
    changed();
  }

  /** Results that are there before any image is explained. */
  synchronized void takeOver(Map<Integer, RunResult> there) {
    there.forEach((index, result) -> results.set(index, Optional.of(result)));
    before = (double) there.size() / results.size();
    progress = Math.max(progress, before);
    changed();
  }

  /** So many others go first; none of them if it is at work. */
  synchronized void waitsFor(Optional<Integer> others) {
    if (state == State.RUNNING && !ahead.equals(others)) {
      ahead = others;
      changed();
    }
  }

  synchronized void progress(double share) {
    if (state == State.RUNNING && share > progress) {
      progress = Math.min(share, 1);
      changed();
    }
  }

  synchronized void finished(int index, RunResult result) {
    if (state == State.RUNNING) {
      results.set(index, Optional.of(result));
      changed();
    }
  }

  void end(State last, Optional<String> why) {
    synchronized (this) {
      if (state != State.RUNNING) {
        return;
      }
      state = last;
      ahead = Optional.empty();
      problem = why;
      changed();
    }
    stop.request();
  }
}
