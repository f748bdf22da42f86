package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.archive.Archive;
import dev.picasso.app.archive.KeptFiles;
import dev.picasso.app.archive.KeptRun;
import dev.picasso.app.archive.SmallPicture;
import dev.picasso.app.web.state.NoRoomException;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.RunResult;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.Shelf;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.model.config.ServerSettings;
import dev.picasso.run.ResultsWriter;
import dev.picasso.run.Tally;
import dev.picasso.visualization.FileRole;
import dev.picasso.visualization.ResultFiles;
import dev.picasso.visualization.ResultJson;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts runs that have ended into the archive, with all that is told of them then. */
final class RunShelf implements Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(RunShelf.class);

  /** So many images have a small map, for lists. */
  static final int SMALL = 4;

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
  public boolean keep(Session session, Run run, Run.State state, Optional<String> problem) {
    List<Integer> finished = new ArrayList<>();
    for (int i = 0; i < run.order().images().size(); i++) {
      if (run.result(i).isPresent()) {
        finished.add(i);
      }
    }
    if (finished.isEmpty()) {
      return false;
    }
    try {
      writeAll(run, state, problem, finished);
    } catch (IOException e) {
      throw NoRoomException.isFullDisk(e)
          ? NoRoomException.diskIsFull(e)
          : new PicassoException("The run cannot be kept.", e);
    }
    KeptRun unused = archive.keep(row(session, run, state, finished.size()));
    clean();
    return true;
  }

  private void writeAll(Run run, Run.State state, Optional<String> problem, List<Integer> finished)
      throws IOException {
    LiveRun shown = new LiveRun(run, pages);
    ObjectNode json = StoredRun.of(shown);
    json.set("status", status(run, state, problem, finished.size()));
    ObjectNode failed = json.putObject("failed");
    Tally tally = new Tally();
    try (Writer text = Files.newBufferedWriter(run.folder().resolve(KeptFiles.RESULTS));
        ResultsWriter results = ResultsWriter.to(text, shown.provenance())) {
      for (int index : finished) {
        StoredImage image = run.order().images().get(index);
        RunResult result = run.result(index).orElseThrow();
        ObjectNode told = result.json();
        if (result.problem().isPresent()) {
          failed.set(String.valueOf(index), told.deepCopy());
        } else if (index < SMALL) {
          small(run.folder(), index, told);
        }
        take(image.file(), run.folder().resolve(KeptFiles.image(image.id())));
        take(image.thumb(), run.folder().resolve(KeptFiles.thumb(image.id())));
        results.image(told.put("file", KeptFiles.image(image.id())));
        tally.add(told);
      }
      results.end(tally.last());
    }
    Files.writeString(run.folder().resolve(KeptFiles.RUN), Json.text(json));
  }

  private static ObjectNode status(
      Run run, Run.State state, Optional<String> problem, int finished) {
    int total = run.order().images().size();
    ObjectNode json = Json.object().put("state", state.name().toLowerCase(Locale.ROOT));
    problem.ifPresent(words -> json.put("problem", words));
    return json.put("progress", state == Run.State.DONE ? 1 : (double) finished / total)
        .put("finished", finished)
        .put("total", total);
  }

  /**
   * The same file under another name where the file system can, else a copy; nothing if it went.
   */
  private static void take(Path file, Path kept) throws IOException {
    if (!Files.isRegularFile(file) || Files.exists(kept)) {
      return;
    }
    try {
      Files.createLink(kept, file);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, kept);
    }
  }

  private static void small(Path folder, int index, ObjectNode result) {
    Optional<String> picture =
        ResultJson.all(result).stream()
            .flatMap(input -> ResultFiles.in(input).entries().stream())
            .filter(f -> f.role() == FileRole.OVERLAY || f.role() == FileRole.PICTURE)
            .map(ResultFiles.Entry::name)
            .findFirst();
    try {
      if (picture.isPresent()) {
        SmallPicture.write(folder.resolve(picture.get()), folder.resolve(KeptFiles.small(index)));
      }
    } catch (IOException e) {
      LOG.debug("lists show the image alone", e);
    }
  }

  private KeptRun row(Session session, Run run, Run.State state, int finished) {
    Run.Order order = run.order();
    return new KeptRun(
        run.id(),
        session.owner(),
        "",
        order.model().configured().request().title(),
        run.provenance().map(p -> p.model().graph()).orElse(""),
        order.visualization().id(),
        order.visualization().title(),
        state.name().toLowerCase(Locale.ROOT),
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
    boolean unused = archive.delete(run);
  }
}
