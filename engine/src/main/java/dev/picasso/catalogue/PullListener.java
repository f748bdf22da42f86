package dev.picasso.catalogue;

/** Watches a download, and may end it. Called on the thread that downloads. */
public interface PullListener {
  /** Hears nothing. */
  PullListener NONE =
      new PullListener() {
        @Override
        public void progress(long bytes, long of) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  /**
   * How far it is. May go back, where a server makes it start again.
   *
   * @param bytes that are on this machine
   * @param of bytes in all
   */
  void progress(long bytes, long of);

  /** Whether to stop; asked several times a second. */
  boolean cancelled();
}
