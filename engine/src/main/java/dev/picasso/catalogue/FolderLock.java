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
 * Keeps others out, of this program and of every other Picasso on the machine. The file stays: to
 * delete it would let two in.
 */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until nobody else is in.
   *
   * @throws PullCancelledException if the listener does not want to wait any more
   */
  static FolderLock on(Path file, PullListener listener) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      while (!isFree(channel)) {
        if (listener.cancelled()) {
          throw new PullCancelledException();
        }
        Thread.sleep(Chunks.GLANCE.toMillis());
      }
      return new FolderLock(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new PullCancelledException();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
      return lock.isPresent(); // given back when the channel is closed
    } catch (OverlappingFileLockException e) {
      return false; // another thread of ours
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
