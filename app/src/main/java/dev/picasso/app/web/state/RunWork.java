package dev.picasso.app.web.state;

import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.run.Explained;
import dev.picasso.run.ExplainedFiles;
import dev.picasso.run.Explaining;
import dev.picasso.run.Sink;
import dev.picasso.run.Truth;
import dev.picasso.settings.Schema;
import dev.picasso.visualization.Classes;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work on one run. Images are explained one by one, so that each is shown when it is ready and
 * no more than one is in memory; between them others may have their turn.
 */
final class RunWork {
  private static final Logger LOG = LoggerFactory.getLogger(RunWork.class);

  /** What writing pictures takes of an image's work, about. */
  private static final double WRITING = .3;

  private final Run run;
  private final Session session;
  private final ImageStore images;
  private Duration spent = Duration.ZERO;
  private int next;

  RunWork(Run run, Session session, ImageStore images) {
    this.run = run;
    this.session = session;
    this.images = images;
  }

  Run run() {
    return run;
  }

  /** Time that was worked on it, without any in which it waited. */
  Duration spent() {
    return spent;
  }

  /**
   * Explains images until all are done, the run has ended, or others wait.
   *
   * @param othersWait asked after each image
   */
  void goOn(BooleanSupplier othersWait) {
    long begun = System.nanoTime();
    try {
      boolean all =
          run.order()
              .model()
              .use(ready -> explainSome(run.order().visualization(), ready, othersWait));
      if (all) {
        keep(Run.State.DONE, Optional.empty()); // before anybody is told that it is done
        run.end(Run.State.DONE, Optional.empty());
      }
    } catch (StoppedException e) {
      run.cancel();
    } catch (PicassoException e) {
      run.end(Run.State.FAILED, Optional.of(String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      LOG.warn("a run failed", e);
      boolean plugin =
          Visualizations.failed(run.order().visualization(), "It failed (" + e + ")", e);
      run.end(Run.State.FAILED, Optional.of(fault(e, plugin)));
    } finally {
      spent = spent.plusNanos(System.nanoTime() - begun);
      if (run.isUnwanted()) {
        // The last file may have come after the others went.
        Folders.delete(run.folder());
        session.giveBack(run.bytes().getAndSet(0));
      } else {
        keepWhatIsFinished();
      }
    }
  }

  private void keep(Run.State state, Optional<String> problem) {
    if (run.isUnwanted() || !session.shelf().keep(session, run, state, problem)) {
      return;
    }
    run.kept();
    session.giveBack(run.bytes().getAndSet(0));
    if (run.isUnwanted()) {
      session.shelf().delete(run.id());
    }
  }

  /** Of a run that was cancelled or failed. */
  private void keepWhatIsFinished() {
    Run.Status status = run.status();
    if (status.state() == Run.State.RUNNING || run.isKept()) {
      return;
    }
    try {
      keep(status.state(), status.problem());
    } catch (RuntimeException e) {
      LOG.warn("the run {} is not kept", run.id(), e);
    }
  }

  private <S extends Record> boolean explainSome(
      Visualization<S> visualization, ReadyModel ready, BooleanSupplier othersWait) {
    Run.Order order = run.order();
    // Whether they are for this model is looked at once, not at every turn.
    S settings =
        next == 0
            ? ready.settings(visualization, order.settings(), order.classes())
            : Schema.of(visualization.defaults()).parse(visualization.title(), order.settings());
    Explaining<S> explaining =
        new Explaining<>(
            ready.beside(order.others()),
            visualization,
            settings,
            order.classes(),
            RunWork::fault,
            order.inputs());
    if (next == 0) {
      run.begin(order.model().provenance(explaining), GivenMark.of(ready));
      takeOver(session.shelf().begun(session, run));
    }
    int count = order.images().size();
    do {
      run.stop().check();
      if (run.result(next).isEmpty()) {
        StoredImage image = order.images().get(next);
        Storing sink = new Storing(next, e -> truth(ready, e));
        try {
          explainOne(explaining, ready, image, sink);
        } finally {
          sink.close();
        }
      }
      next++;
      run.progress((double) next / count);
    } while (next < count && !othersWait.getAsBoolean());
    return next == count;
  }

  /** What an earlier run has finished. */
  private void takeOver(Map<Integer, RunResult> there) {
    Written written = new Written(run, session);
    for (RunResult result : there.values()) {
      written.add(result.file());
      ResultFiles.in(result.json()).names().map(run.folder()::resolve).forEach(written::add);
    }
    run.takeOver(there);
  }

  private <S extends Record> void explainOne(
      Explaining<S> explaining, ReadyModel ready, StoredImage image, Storing sink) {
    Run.Order order = run.order();
    Classes shown;
    try {
      shown = order.classes().of(order.labels().get(next), ready.model());
    } catch (PicassoException e) {
      sink.failed(next, image.name(), String.valueOf(e.getMessage()));
      return;
    }
    explaining.showing(shown).one(next, images.source(image), sink, new Progress(next));
  }

  /** What the image truly shows, where that is known, beside what the model takes it for. */
  private Optional<Truth> truth(ReadyModel ready, Explained explained) {
    Run.Order order = run.order();
    return order
        .labels()
        .get(explained.index())
        .filter(label -> explained.result().problem().isEmpty())
        .map(
            label ->
                Truth.of(
                    ready, explained, order.classes(), label, new Progress(explained.index())));
  }

  /** Stores one image's results: all of them, or why there are none. */
  private final class Storing implements Sink, AutoCloseable {
    private final int index;
    private final String stem;
    private final Function<Explained, Optional<Truth>> truth;
    private final Written written = new Written(run, session);
    private boolean whole;

    Storing(int index, Function<Explained, Optional<Truth>> truth) {
      this.index = index;
      this.truth = truth;
      this.stem = "r" + index;
    }

    private Path file() {
      return run.folder().resolve(stem + ".json");
    }

    @Override
    public void explained(Explained explained) {
      try {
        ExplainedFiles files =
            ExplainedFiles.write(
                run.folder(),
                stem,
                explained,
                (path, share) -> {
                  run.stop().check();
                  written.add(path);
                  run.progress(share(index, 1 - WRITING + WRITING * share));
                });
        RunResult kept = RunResult.write(file(), files, truth.apply(explained));
        written.add(file());
        session.shelf().finished(run, index, kept);
        whole = true;
        run.finished(index, kept);
      } catch (StoppedException | NoRoomException e) {
        throw e;
      } catch (PicassoException e) {
        requireDisk(e);
        throw e;
      } catch (IOException e) {
        requireDisk(e);
        throw new PicassoException("The results cannot be stored.", e);
      }
    }

    @Override
    public void failed(int failed, String image, String problem) {
      RunResult result = RunResult.failed(file(), image, problem);
      session.shelf().finished(run, failed, result);
      run.finished(failed, result);
    }

    /** Nothing half-written stays. */
    @Override
    public void close() {
      if (!whole) {
        written.takeBack();
        deleteAll(stem);
      }
    }
  }

  private static void requireDisk(Exception e) {
    if (NoRoomException.isFullDisk(e)) {
      throw NoRoomException.diskIsFull(e);
    }
  }

  private void deleteAll(String stem) {
    try (Stream<Path> files = Files.list(run.folder())) {
      for (Path file : files.filter(f -> isOf(stem, f)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.debug("parts of {} stay in {}", stem, run.folder(), e); // gone with its folder
    }
  }

  private static boolean isOf(String stem, Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(stem + "-")
        || name.startsWith(stem + ".")
        || name.startsWith(ResultFiles.ofInputs(stem));
  }

  private double share(int index, double ofImage) {
    return (index + ofImage) / run.order().images().size();
  }

  private static String fault(Visualization<?> visualization, String image, Throwable e) {
    LOG.warn("{} failed on an image", visualization.id(), e);
    boolean plugin =
        Visualizations.failed(visualization, "It failed on " + image + " (" + e + ")", e);
    return visualization.title() + " failed: " + fault(e, plugin);
  }

  private static String fault(Throwable e, boolean plugin) {
    String name = e.getClass().getSimpleName();
    if (e instanceof OutOfMemoryError memory) {
      return String.valueOf(MachineException.ofMemory(memory).getMessage());
    }
    return plugin
        ? "This is a fault in the plugin (" + name + "); its card says more."
        : "This is a fault in the program (" + name + "); its log says more.";
  }

  /** What was written of one image. */
  private static final class Written {
    private final Run run;
    private final Session session;
    private long bytes;

    Written(Run run, Session session) {
      this.run = run;
      this.session = session;
    }

    void add(Path file) {
      long more = Folders.sizeOfFile(file);
      session.take(more);
      run.bytes().addAndGet(more);
      bytes += more;
    }

    void takeBack() {
      session.giveBack(bytes);
      run.bytes().addAndGet(-bytes);
    }
  }

  /** One image's progress as a part of the run's. */
  private final class Progress implements Listener {
    private final int index;

    Progress(int index) {
      this.index = index;
    }

    @Override
    public void progress(double share) {
      run.progress(share(index, share * (1 - WRITING)));
    }

    @Override
    public void finished(int image, ImageResult result) {}

    @Override
    public Stop stop() {
      return run.stop();
    }
  }
}
