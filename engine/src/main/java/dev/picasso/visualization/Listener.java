package dev.picasso.visualization;

import dev.picasso.Stop;

/** Hears how a visualization gets on. Calls come from the thread that runs it. */
public interface Listener {
  /**
   * Part of the work is done.
   *
   * @param share from 0 to 1
   */
  void progress(double share);

  /** An image is finished, with maps or with a problem. */
  void finished(int index, ImageResult result);

  /** Ends the work; the same at every call. Nobody ends it unless told otherwise. */
  default Stop stop() {
    return new Stop();
  }

  /** Whether the work should stop as soon as it can. */
  default boolean cancelled() {
    return stop().isRequested();
  }

  /** For work that nobody watches. */
  Listener NONE =
      new Listener() {
        @Override
        public void progress(double share) {}

        @Override
        public void finished(int index, ImageResult result) {}
      };
}
