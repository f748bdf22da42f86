package dev.picasso.app.web.state;

import dev.picasso.PicassoException;
import dev.picasso.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one server: one that stays, or a temporary one, gone when it is closed. A lock in
 * it tells the folder of a living process from what a crashed one left; if that was temporary, it
 * is deleted by the next server.
 */
public final class WorkFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
  private static final String PREFIX = "picasso-web-";
  private static final String LOCK = "lock";

  /**
   * Tells which process has the folder. Its own are known by this, since on Unix whoever closes a
   * file gives up all locks that the process has on it, whatever they were taken by.
   */
  private static final String OWNER = "owner";

  private static final String SESSIONS = "sessions";

  private static final long LONGEST_OWNER = 200;

  /** Younger folders may belong to a process that has not locked them yet. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final Path folder;
  private final FileChannel lock;
  private final boolean stays;

  private WorkFolder(Path folder, FileChannel lock, boolean stays) {
    this.folder = folder;
    this.lock = lock;
    this.stays = stays;
  }

  /**
   * Takes a folder that stays; it is made where it is missing, readable by its owner alone.
   *
   * @return empty if another server has it
   * @throws PicassoException if it cannot be written
   */
  public static Optional<WorkFolder> staying(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        ownersAlone(folder);
      }
      if (isThisProcess(folder)) {
        return Optional.empty();
      }
      FileChannel channel = open(folder.resolve(LOCK));
      try {
        if (channel.tryLock() != null) {
          Files.writeString(folder.resolve(OWNER), thisProcess());
          // Cookies lie in there; the folder itself may be one that somebody shares.
          ownersAlone(Files.createDirectories(folder.resolve(SESSIONS)));
          return Optional.of(new WorkFolder(folder, channel, true));
        }
      } catch (OverlappingFileLockException e) {
        LOG.debug("{} is another server's of this process", folder, e);
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new PicassoException(
          WholeFile.problem(folder, e).getMessage()
              + " Runs are kept there; name another folder with --data.",
          e);
    }
  }

  private static void ownersAlone(Path folder) throws IOException {
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Holds what people's visits need. */
  public Path sessions() {
    return folder.resolve(SESSIONS);
  }

  /** Whether it is there again after the server has ended. */
  public boolean stays() {
    return stays;
  }

  /**
   * Makes a folder, and deletes what crashed processes left beside it.
   *
   * @param parent as a rule the system's temporary folder
   */
  public static WorkFolder in(Path parent) {
    try {
      deleteLeftovers(parent);
      Path folder = Files.createTempDirectory(parent, PREFIX); // readable by its owner alone
      FileChannel channel = open(folder.resolve(LOCK));
      if (channel.tryLock() == null) {
        throw new IOException("somebody else locks it");
      }
      Files.writeString(folder.resolve(OWNER), thisProcess());
      return new WorkFolder(folder, channel, false);
    } catch (IOException e) {
      throw new PicassoException(
          "There can be no folder for images in " + parent + " (" + e.getMessage() + ").", e);
    }
  }

  private static FileChannel open(Path lock) throws IOException {
    return FileChannel.open(
        lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  private static void deleteLeftovers(Path parent) throws IOException {
    List<Path> candidates;
    try (Stream<Path> files = Files.list(parent)) {
      candidates = files.filter(f -> String.valueOf(f.getFileName()).startsWith(PREFIX)).toList();
    }
    for (Path candidate : candidates) {
      try {
        if (isDead(candidate)) {
          Folders.delete(candidate);
        }
      } catch (IOException e) {
        LOG.debug("{} stays", candidate, e); // another user's
      }
    }
  }

  /** Its number, and since when: numbers are given again. */
  private static String thisProcess() {
    ProcessHandle process = ProcessHandle.current();
    return process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH);
  }

  private static boolean isThisProcess(Path candidate) throws IOException {
    Path owner = candidate.resolve(OWNER);
    return Files.isRegularFile(owner, LinkOption.NOFOLLOW_LINKS)
        && Files.size(owner) < LONGEST_OWNER
        && Files.readString(owner).equals(thisProcess());
  }

  private static boolean isDead(Path candidate) throws IOException {
    Path lock = candidate.resolve(LOCK);
    boolean ours =
        Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)
            && Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)
            && Files.isWritable(candidate);
    Instant settled = Instant.now().minus(SETTLED);
    if (!ours
        || isThisProcess(candidate)
        || Files.getLastModifiedTime(lock).toInstant().isAfter(settled)) {
      return false;
    }
    try (FileChannel channel = open(lock)) {
      Optional<FileLock> mine = Optional.ofNullable(channel.tryLock());
      return mine.isPresent();
    } catch (OverlappingFileLockException e) {
      return false; // a server in this very process
    }
  }

  public Path path() {
    return folder;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(folder.resolve(OWNER));
      lock.close();
    } catch (IOException e) {
      LOG.debug("{} cannot be unlocked", folder, e);
    }
    if (!stays) {
      Folders.delete(folder);
    }
  }
}
