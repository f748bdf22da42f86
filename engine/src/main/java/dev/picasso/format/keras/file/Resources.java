package dev.picasso.format.keras.file;

import java.util.List;

/** Closes what a model file holds open. */
final class Resources {
  private Resources() {}

  /** Closes all; a file that was only read has nothing to lose when closing fails. */
  static void closeAll(List<? extends AutoCloseable> resources) {
    RuntimeException first = null;
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      } catch (Exception e) {
        first = first == null ? new IllegalStateException(e) : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
