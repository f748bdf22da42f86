package dev.picasso.app.web.state;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where runs lie once they have ended. */
public interface Shelf {
  /** Keeps none: a run lies in its session's folder and goes with it. */
  Shelf NONE =
      new Shelf() {
        @Override
        public Path newFolder(Session session, String run) {
          return session.newFolder();
        }

        @Override
        public Map<Integer, RunResult> begun(Session session, Run run) {
          return Map.of();
        }

        @Override
        public void finished(Run run, int index, RunResult result) {}

        @Override
        public void giveUp(Run run) {}

        @Override
        public boolean holds(String run) {
          return false;
        }

        @Override
        public boolean keep(Session session, Run run, Run.State state, Optional<String> problem) {
          return false;
        }

        @Override
        public void delete(String run) {}
      };

  /** A fresh folder that a run works in. */
  Path newFolder(Session session, String run);

  /**
   * Notes what a run is that begins now, so that a kill loses nothing of it that is finished.
   *
   * @return results that are there already, by the indexes of their images: of the run that this
   *     one goes on with
   * @throws dev.picasso.PicassoException if it cannot be noted
   */
  Map<Integer, RunResult> begun(Session session, Run run);

  /**
   * Notes that an image's results are there, with all their files.
   *
   * @throws dev.picasso.PicassoException if it cannot be noted
   */
  void finished(Run run, int index, RunResult result);

  /** Notes that nobody wants a run that has not ended; of it nothing is kept, whatever happens. */
  void giveUp(Run run);

  /** Whether a run that was kept is still there. */
  boolean holds(String run);

  /**
   * Keeps a run that has ended, or is about to; it is safe when this returns.
   *
   * @param state its last one
   * @param problem why it failed
   * @return whether there is anything to keep
   * @throws dev.picasso.PicassoException if it cannot be kept
   */
  boolean keep(Session session, Run run, Run.State state, Optional<String> problem);

  /** Deletes a kept run with its files. */
  void delete(String run);
}
