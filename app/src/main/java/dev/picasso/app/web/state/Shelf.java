package dev.picasso.app.web.state;

import java.nio.file.Path;
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
        public boolean keep(Session session, Run run, Run.State state, Optional<String> problem) {
          return false;
        }

        @Override
        public void delete(String run) {}
      };

  /** A fresh folder that a run works in. */
  Path newFolder(Session session, String run);

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
