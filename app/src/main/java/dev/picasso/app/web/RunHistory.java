package dev.picasso.app.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.app.archive.Archive;
import dev.picasso.app.archive.KeptRun;
import dev.picasso.app.web.state.Run;
import dev.picasso.app.web.state.Session;
import dev.picasso.app.web.state.StoredImage;
import dev.picasso.visualization.Visualizations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All runs that a person may see: those of the session, and kept ones. Whoever knows a kept run's
 * id, which nobody guesses, may look at it; who may list, name and delete it depends on the server.
 *
 * @param everybodys whether all people of this server are one: it answers to this machine alone
 */
record RunHistory(
    Archive archive, Visualizations visualizations, MethodPages pages, boolean everybodys) {
  /** So many are listed. */
  static final int MOST = 500;

  /** The run of that id. */
  ShownRun find(Session session, String id) {
    return live(session, id)
        .<ShownRun>map(run -> run)
        .or(() -> kept(id))
        .orElseThrow(() -> unknown(session, id));
  }

  Optional<LiveRun> live(Session session, String id) {
    return session.run(id).map(run -> new LiveRun(run, pages));
  }

  /** The run of that id, if it is kept. */
  Optional<StoredRun> kept(String id) {
    return archive.find(id).map(kept -> StoredRun.read(kept, archive.folder(id), visualizations));
  }

  static HttpProblem unknown(Session session, String id) {
    return HttpProblem.unknown("run", id, session.runs().stream().map(Run::id).toList());
  }

  /** A kept run that this person may name and delete. */
  KeptRun own(Session session, String id) {
    return requireOwn(session, archive.find(id).orElseThrow(() -> unknown(session, id)));
  }

  private KeptRun requireOwn(Session session, KeptRun run) {
    if (!isOwn(session, run)) {
      throw new HttpProblem(403, "This run is another person's; you may look at it only.");
    }
    return run;
  }

  /** Deletes a kept run; {@link #restore} takes that back. */
  void delete(Session session, String id) {
    boolean unused = archive.delete(own(session, id).id(), Instant.now());
  }

  /** Brings a deleted run back. */
  KeptRun restore(Session session, String id) {
    if (archive.find(id).isEmpty()) {
      KeptRun run = requireOwn(session, archive.deleted(id).orElseThrow(() -> gone(id)));
      boolean unused = archive.restore(run.id());
    }
    return archive.find(id).map(run -> requireOwn(session, run)).orElseThrow(() -> gone(id));
  }

  private static HttpProblem gone(String id) {
    return new HttpProblem(
        404,
        "There is no run "
            + HttpProblem.shown(id)
            + " that can be restored; it was deleted more than %d minutes ago, or its room was needed."
                .formatted(Archive.RESTORABLE.toMinutes()));
  }

  boolean isOwn(Session session, KeptRun run) {
    return everybodys || run.owner().equals(session.owner());
  }

  /** The newest first. */
  List<KeptRun> list(Session session) {
    return archive.newest(everybodys ? Optional.empty() : Optional.of(session.owner()), MOST);
  }

  /** An image that a kept run explained. */
  Optional<StoredImage> image(String id) {
    return archive.withImage(id).map(run -> image(run, id));
  }

  private StoredImage image(KeptRun run, String id) {
    StoredRun stored = StoredRun.read(run, archive.folder(run.id()), visualizations);
    int index = run.images().stream().map(KeptRun.Image::id).toList().indexOf(id);
    ObjectNode picture = stored.picture(index);
    return new StoredImage(
        id,
        index,
        run.images().get(index).name(),
        stored.folder(),
        picture.path("imageWidth").asInt(1),
        picture.path("imageHeight").asInt(1));
  }
}
