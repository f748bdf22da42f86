package dev.picasso.catalogue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps others out, of this program and of every other Picasso on the machine.
 *
 * @param file what is locked. It stays: to delete it would let two in.
 */
record FolderLock(Path file) {
  /** What is done alone. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /**
   * Works when nobody else is in.
   *
   * @throws PullCancelledException if the listener does not want to wait any more
   */
  void alone(PullListener listener, Work work) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      while (!isOurs(channel)) {
        if (listener.cancelled()) {
          throw new PullCancelledException();
        }
        Thread.sleep(Chunks.GLANCE.toMillis());
      }
      work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PullCancelledException();
    }
  }

  private static boolean isOurs(FileChannel channel) throws IOException {
    try {
      Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
      return lock.isPresent(); // given back when the channel is closed
    } catch (OverlappingFileLockException e) {
      return false; // another thread of ours has it
    }
  }
}
