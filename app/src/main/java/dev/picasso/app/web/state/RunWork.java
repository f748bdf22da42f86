package dev.picasso.app.web.state;

import dev.picasso.MachineException;
import dev.picasso.PicassoException;
import dev.picasso.Stop;
import dev.picasso.StoppedException;
import dev.picasso.image.decode.ImageDecoder;
import dev.picasso.visualization.ImageInput;
import dev.picasso.visualization.ImageResult;
import dev.picasso.visualization.Listener;
import dev.picasso.visualization.ReadyModel;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.Visualization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
  private final ImageDecoder decoder;
  private Duration spent = Duration.ZERO;
  private int next;

  RunWork(Run run, Session session, ImageDecoder decoder) {
    this.run = run;
    this.session = session;
    this.decoder = decoder;
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
        run.end(Run.State.DONE, Optional.empty());
      }
    } catch (StoppedException e) {
      run.cancel();
    } catch (PicassoException e) {
      run.end(Run.State.FAILED, Optional.of(String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      LOG.warn("a run failed", e);
      run.end(Run.State.FAILED, Optional.of(fault(e)));
    } finally {
      spent = spent.plusNanos(System.nanoTime() - begun);
      if (run.isUnwanted()) {
        // The last file may have come after the others went.
        Folders.delete(run.folder());
        session.giveBack(run.bytes().getAndSet(0));
      }
    }
  }

  private <S extends Record> boolean explainSome(
      Visualization<S> visualization, ReadyModel ready, BooleanSupplier othersWait) {
    if (next == 0) {
      run.begin(run.order().model().provenance(ready, visualization, run.order().settings()));
    }
    int count = run.order().images().size();
    do {
      run.stop().check();
      run.finished(next, explain(visualization, ready, next));
      next++;
      run.progress((double) next / count);
    } while (next < count && !othersWait.getAsBoolean());
    return next == count;
  }

  /** What is wrong with one image stays with it. */
  private <S extends Record> RunResult explain(
      Visualization<S> visualization, ReadyModel ready, int index) {
    StoredImage image = run.order().images().get(index);
    String stem = "r" + index;
    Path file = run.folder().resolve(stem + ".json");
    Written written = new Written(run, session);
    boolean whole = false;
    try {
      ImageInput input = ready.prepare(image.decode(decoder, run.stop()));
      run.stop().check();
      ImageResult result = explain(visualization, ready, input, index);
      run.stop().check();
      if (result.problem().isPresent()) {
        return RunResult.failed(file, image.name(), result.problem().get());
      }
      ResultFiles files =
          ResultFiles.write(
              run.folder(),
              stem,
              input,
              result,
              (path, share) -> {
                run.stop().check();
                written.add(path);
                run.progress(share(index, 1 - WRITING + WRITING * share));
              });
      RunResult kept = RunResult.write(file, result, files, input.prepared().frame());
      written.add(file);
      whole = true;
      return kept;
    } catch (StoppedException | NoRoomException e) {
      throw e;
    } catch (PicassoException e) {
      requireDisk(e);
      return RunResult.failed(file, image.name(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      requireDisk(e);
      return RunResult.failed(file, image.name(), "The results cannot be stored.");
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      LOG.warn("{} failed on an image", visualization.id(), e);
      return RunResult.failed(file, image.name(), visualization.title() + " failed: " + fault(e));
    } finally {
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

  private <S extends Record> ImageResult explain(
      Visualization<S> visualization, ReadyModel ready, ImageInput input, int index) {
    List<ImageResult> results =
        ready
            .explain(
                visualization,
                run.order().settings(),
                List.of(input),
                run.order().top(),
                new Progress(index))
            .images();
    if (results.size() != 1) {
      throw new PicassoException(
          visualization.title() + " gave " + results.size() + " results for one image.");
    }
    return results.get(0);
  }

  /** Nothing half-written stays. */
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
    return name.startsWith(stem + "-") || name.startsWith(stem + ".");
  }

  private double share(int index, double ofImage) {
    return (index + ofImage) / run.order().images().size();
  }

  private static String fault(Throwable e) {
    return e instanceof OutOfMemoryError memory
        ? String.valueOf(MachineException.ofMemory(memory).getMessage())
        : "This is a fault in the program ("
            + e.getClass().getSimpleName()
            + "); its log says more.";
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
