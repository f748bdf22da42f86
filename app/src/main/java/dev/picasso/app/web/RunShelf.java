package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.archive.Archive;
import dev.picasso.app.archive.Journal;
import dev.picasso.app.archive.KeptFiles;
import dev.picasso.app.archive.KeptRun;
import dev.picasso.app.archive.Unfinished;
import dev.picasso.app.web.state.Folders;
import dev.picasso.app.web.state.NoRoomException;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.RunResult;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.Shelf;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.visualization.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts runs that have ended into the archive, with all that is told of them then; and what was
 * finished of those that did not come to their end.
 */
final class RunShelf implements Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(RunShelf.class);

  private final Archive archive;
  private final MethodPages pages;
  private final ServerSettings.Keeping bounds;
  private final Clock clock;

  RunShelf(Archive archive, MethodPages pages, ServerSettings.Keeping bounds, Clock clock) {
    this.archive = archive;
    this.pages = pages;
    this.bounds = bounds;
    this.clock = clock;
  }

  @Override
  public Path newFolder(Session session, String run) {
    return archive.newFolder(run);
  }

  @Override
  public boolean holds(String run) {
    return archive.has(run);
  }

  @Override
  public Map<Integer, RunResult> begun(Session session, Run run) {
    LiveRun shown = new LiveRun(run, pages);
    try {
      Journal.begin(run.folder(), row(session, run, "", 0), StoredRun.of(shown));
    } catch (IOException e) {
      throw problem(e);
    }
    Map<Integer, RunResult> there =
        run.order()
            .goesOn()
            .flatMap(archive::find)
            .map(earlier -> EarlierResults.of(earlier, archive.folder(earlier.id())).into(shown))
            .orElse(Map.of());
    there.forEach((index, result) -> finished(run, index, result));
    return there;
  }

  @Override
  public void finished(Run run, int index, RunResult result) {
    Optional<ObjectNode> problem =
        result.problem().isPresent() ? Optional.of(result.json()) : Optional.empty();
    List<String> files = new ArrayList<>();
    if (problem.isEmpty()) {
      files.add(KeptFiles.result(index));
      files.addAll(ResultFiles.in(result.json()).names().toList());
    }
    try {
      files.addAll(takeImage(run, index));
      Journal.finished(run.folder(), index, files, problem);
    } catch (IOException e) {
      throw problem(e);
    }
  }

  private static PicassoException problem(IOException e) {
    return NoRoomException.isFullDisk(e)
        ? NoRoomException.diskIsFull(e)
        : new PicassoException("The run cannot be kept.", e);
  }

  @Override
  public void giveUp(Run run) {
    try {
      Journal.end(run.folder());
    } catch (IOException e) {
      LOG.debug("the run {} may come back", run.id(), e);
    }
  }

  @Override
  public boolean keep(Session session, Run run, Run.State state, Optional<String> problem) {
    SortedMap<Integer, Optional<ObjectNode>> results = new TreeMap<>();
    for (int i = 0; i < run.order().images().size(); i++) {
      Optional<RunResult> result = run.result(i);
      if (result.isPresent()) {
        results.put(i, result.filter(r -> r.problem().isPresent()).map(RunResult::json));
      }
    }
    if (results.isEmpty()) {
      return false;
    }
    String told = state.name().toLowerCase(Locale.ROOT);
    try {
      for (int index : results.keySet()) {
        List<String> unused = takeImage(run, index);
      }
      new EndedFiles(run.folder(), StoredRun.of(new LiveRun(run, pages)), results)
          .write(told, problem);
    } catch (IOException e) {
      throw problem(e);
    }
    KeptRun unused = archive.keep(row(session, run, told, results.size()));
    clean();
    return true;
  }

  /**
   * Keeps what was finished of runs that were at work when the server ended without a word. For a
   * server that starts.
   */
  void keepInterrupted() {
    for (Unfinished left : archive.unfinished()) {
      KeptRun run = left.run();
      try {
        new EndedFiles(archive.folder(run.id()), left.told(), left.finished())
            .write(run.state(), Optional.empty());
        KeptRun unused = archive.keep(run);
        LOG.info(
            "{} of {} images of an interrupted run are kept", run.finished(), run.images().size());
      } catch (IOException | PicassoException e) {
        LOG.warn("what was finished of the run {} is not kept yet", run.id(), e);
      } catch (RuntimeException e) {
        LOG.warn("what was finished of the run {} is damaged, and so is deleted", run.id(), e);
        archive.giveUp(left);
      }
    }
  }

  /** Has an image where its results are; names of its files there. */
  private static List<String> takeImage(Run run, int index) throws IOException {
    StoredImage image = run.order().images().get(index);
    List<String> names = List.of(KeptFiles.image(image.id()), KeptFiles.thumb(image.id()));
    take(image.file(), run.folder().resolve(names.get(0)));
    take(image.thumb(), run.folder().resolve(names.get(1)));
    return names.stream().filter(name -> Files.exists(run.folder().resolve(name))).toList();
  }

  /** Nothing if the file went. */
  static void take(Path file, Path kept) throws IOException {
    if (Files.isRegularFile(file) && !Files.exists(kept)) {
      Folders.linkOrCopy(file, kept);
    }
  }

  private KeptRun row(Session session, Run run, String state, int finished) {
    Run.Order order = run.order();
    return new KeptRun(
        run.id(),
        session.owner(),
        "",
        order.model().configured().request().title(),
        run.provenance().map(p -> p.model().graph()).orElse(""),
        order.visualization().id(),
        order.visualization().title(),
        state,
        order.images().stream().map(i -> new KeptRun.Image(i.id(), i.name())).toList(),
        finished,
        clock.instant(),
        0);
  }

  /** Lets go of what is too old or too much. */
  void clean() {
    int gone = archive.clean(clock.instant(), bounds.age(), bounds.disk());
    if (gone > 0) {
      LOG.info("{} kept runs were deleted to make room, or for their age", gone);
    }
  }

  @Override
  public void delete(String run) {
    boolean unused = archive.discard(run);
  }
}
