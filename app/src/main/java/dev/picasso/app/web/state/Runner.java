package dev.picasso.app.web.state;

import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.visualization.CancelledException;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.Visualization;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out runs, two at a time; the runtime uses all cores for each. Images are explained one by
 * one, so that each is shown when it is ready and no more than one is in memory.
 */
public final class Runner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
  private static final int AT_ONCE = 2;

  private final ImageDecoder decoder;
  private final ThreadPoolExecutor workers;

  /**
   * @param waiting how many runs may wait for their turn
   */
  public Runner(ImageDecoder decoder, int waiting) {
    this.decoder = decoder;
    this.workers =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(waiting),
            work -> {
              Thread made = new Thread(work, "picasso-run");
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Takes a run on.
   *
   * @return false if too many wait already
   */
  public boolean submit(Run run) {
    try {
      workers.execute(() -> carryOut(run));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void carryOut(Run run) {
    if (run.isEnded()) {
      return;
    }
    try {
      run.order()
          .model()
          .use(
              ready -> {
                explainAll(run, run.order().visualization(), ready);
                return ready;
              });
      run.end(Run.State.DONE, Optional.empty());
    } catch (CancelledException e) {
      run.cancel();
    } catch (PicassoException e) {
      run.end(Run.State.FAILED, Optional.of(String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      LOG.warn("a run failed", e);
      run.end(Run.State.FAILED, Optional.of(fault(e)));
    }
  }

  private <S extends Record> void explainAll(
      Run run, Visualization<S> visualization, ReadyModel ready) {
    run.begin(run.order().model().provenance(ready, visualization, run.order().settings()));
    for (int i = 0; i < run.order().images().size(); i++) {
      if (run.isEnded()) {
        throw new CancelledException();
      }
      run.finished(i, explain(run, visualization, ready, i));
      run.progress((i + 1.) / run.order().images().size());
    }
  }

  /** What is wrong with one image stays with it. */
  private <S extends Record> RunResult explain(
      Run run, Visualization<S> visualization, ReadyModel ready, int index) {
    StoredImage image = run.order().images().get(index);
    try {
      ImageInput input = ready.prepare(image.decode(decoder));
      ImageResult result =
          ready
              .explain(
                  visualization,
                  run.order().settings(),
                  List.of(input),
                  run.order().top(),
                  new Progress(run, index))
              .images()
              .get(0);
      if (result.problem().isPresent()) {
        return RunResult.of(result);
      }
      ResultFiles files = ResultFiles.write(run.folder(), "r" + index, input, result);
      return RunResult.of(result, files, input.prepared().frame());
    } catch (CancelledException e) {
      throw e;
    } catch (PicassoException e) {
      return RunResult.failed(image.name(), String.valueOf(e.getMessage()));
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      LOG.warn("{} failed on an image", visualization.id(), e);
      return RunResult.failed(image.name(), visualization.title() + " failed: " + fault(e));
    }
  }

  private static String fault(Throwable e) {
    return e instanceof OutOfMemoryError memory
        ? String.valueOf(MachineException.ofMemory(memory).getMessage())
        : "This is a fault in the program ("
            + e.getClass().getSimpleName()
            + "); its log says more.";
  }

  /** One image's progress as a part of the run's. */
  private record Progress(Run run, int index) implements Listener {
    @Override
    public void progress(double share) {
      run.progress((index + share) / run.order().images().size());
    }

    @Override
    public void finished(int image, ImageResult result) {}

    @Override
    public boolean cancelled() {
      return run.isEnded() || Thread.currentThread().isInterrupted();
    }
  }

  /** Stops all work; gives what runs a few seconds to notice. */
  @Override
  public void close() {
    workers.shutdownNow();
    try {
      workers.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
