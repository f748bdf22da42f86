package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A locked file in a folder of results while a run writes there. It notes which files are about to
 * be the run's, so that those of a process that was killed are known to the next.
 */
final class RunningFile {
  private static final String NAME = ".picasso-running";

  /** How long notes can be that are read: some hundred thousand names. */
  private static final int LONGEST = 1 << 24;

  private final Path file;
  private final FileChannel channel;
  private final List<String> leftOver;

  private RunningFile(Path file, FileChannel channel, List<String> leftOver) {
    this.file = file;
    this.channel = channel;
    this.leftOver = leftOver;
  }

  /**
   * Takes a folder for this run.
   *
   * @throws PicassoException if another run has it
   */
  static RunningFile take(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    while (true) {
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      try {
        if (!locks(channel)) {
          throw new PicassoException(
              folder
                  + ": another run is writing its results there. Wait for it, or name another"
                  + " folder with --output.");
        }
        List<String> leftOver = read(channel);
        RunningFile taken = new RunningFile(file, channel, leftOver);
        taken.note(List.of("=".repeat(1 + ThreadLocalRandom.current().nextInt(2000))));
        // To open it once more would, on closing, give the lock back; its size tells enough.
        if (Files.size(file) == channel.size()) {
          return taken;
        }
        channel.close(); // whoever had it has deleted it since: it is no longer the folder's
      } catch (NoSuchFileException e) {
        channel.close();
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e instanceof IOException failed
            ? WholeFile.problem(file, failed)
            : (RuntimeException) e;
      }
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // another thread of ours has it
    }
  }

  private static List<String> read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LONGEST, channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
      // read on
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).lines().toList();
  }

  /** What a run noted that was killed; empty after one that ended. */
  List<String> leftOver() {
    return leftOver;
  }

  /** Adds lines. */
  void note(List<String> lines) throws IOException {
    String text = String.join("\n", lines) + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes, channel.size());
    }
  }

  /** Leaves the folder to others. */
  void leave() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The next run takes it over.
    }
  }
}
