package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.StoppedException;
import dev.picasso.WholeFile;
import dev.picasso.run.Explained;
import dev.picasso.run.ExplainedFiles;
import dev.picasso.run.Provenance;
import dev.picasso.run.ResultsReader;
import dev.picasso.run.Sink;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder that {@code explain} writes into: one run at a time. What an earlier run left there
 * gives way as a whole; no other file is written over or deleted. A run that is ended in the middle
 * leaves the images that were finished, and a {@code results.json} that says which were not.
 */
final class ResultsFolder implements Sink, AutoCloseable {
  private final Path folder;
  private final List<Path> images;
  private final ResultsIndex contents;
  private final RunningFile running;
  private final FileNames names;
  private final int replaced;
  private final Thread hook = new Thread(this::interrupted, "picasso-results");
  private volatile Thread writer = Thread.currentThread();
  private boolean ended;

  private ResultsFolder(
      Path folder,
      List<Path> images,
      ResultsIndex contents,
      RunningFile running,
      FileNames names,
      int replaced) {
    this.folder = folder;
    this.images = images;
    this.contents = contents;
    this.running = running;
    this.names = names;
    this.replaced = replaced;
  }

  /**
   * Takes the folder for a run; it is made if it is missing, and an earlier run's results are
   * deleted.
   *
   * @param images what will be explained; none of them is touched, wherever it lies
   * @throws PicassoException if another run is at work in it, or a {@code results.json} there is
   *     not Picasso's
   */
  static ResultsFolder open(Path folder, Provenance provenance, List<Path> images)
      throws IOException {
    return open(folder, provenance, images, Truths.unknown());
  }

  /** The same where it may be known what images truly show. */
  static ResultsFolder open(Path folder, Provenance provenance, List<Path> images, Truths truths)
      throws IOException {
    make(folder);
    RunningFile running = RunningFile.take(folder);
    try {
      EarlierResults earlier = EarlierResults.in(folder, running.leftOver());
      running.note(earlier.toNotes());
      running.note(List.of(ResultsIndex.PART));
      int replaced = earlier.delete(images);
      ResultsFolder taken =
          new ResultsFolder(
              folder,
              images,
              new ResultsIndex(folder, provenance, images, truths),
              running,
              new FileNames(EarlierResults.names(folder)),
              replaced);
      Runtime.getRuntime().addShutdownHook(taken.hook);
      return taken;
    } catch (IOException | RuntimeException e) {
      running.leave();
      throw e;
    }
  }

  /** Makes the folder where it is missing. */
  static void make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }

  /** Says how many files of an earlier run were deleted, if any were. */
  void printReplaced(PrintWriter err) {
    if (replaced > 0) {
      err.println(
          "note: the results of an earlier run in %s were replaced (%d files)."
              .formatted(folder, replaced));
    }
  }

  /**
   * Writes the files of one image: all of them, or none.
   *
   * @throws dev.picasso.MachineException if the disk is full
   */
  @Override
  public synchronized void explained(Explained explained) {
    requireOpen();
    writer = Thread.currentThread();
    String stem = names.stem(images.get(explained.index()));
    try {
      running.note(List.of(stem + EarlierResults.ANY));
      contents.put(ExplainedFiles.write(folder, stem, explained, (file, share) -> {}));
    } catch (IOException e) {
      throw WholeFile.problem(folder, e);
    } catch (RuntimeException | Error e) {
      EarlierResults.deleteStem(folder, stem);
      throw e;
    }
  }

  /** An image has no results. */
  @Override
  public synchronized void failed(int index, String image, String problem) {
    requireOpen();
    try {
      contents.put(index, image, problem);
    } catch (IOException e) {
      throw WholeFile.problem(folder, e);
    }
  }

  private void requireOpen() {
    if (ended) {
      throw new StoppedException();
    }
  }

  /** At the end of the process: what is being written is given up, what is finished stays. */
  private void interrupted() {
    writer.interrupt();
    end();
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      try {
        contents.finish();
      } catch (IOException e) {
        throw WholeFile.problem(folder.resolve(ResultsReader.FILE_NAME), e);
      }
      running.leave();
    }
  }

  /**
   * Writes {@code results.json}, and leaves the folder to others.
   *
   * @throws dev.picasso.MachineException if the disk is full
   */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends, and the hook does the same.
    }
    end();
  }
}
