package dev.picasso;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Files that are there whole or not at all: each is written under another name beside its place,
 * and renamed when it is complete. What was there before stays until then.
 */
public final class WholeFile {
  /** What names begin with while files are written. */
  public static final String UNFINISHED = ".picasso-part-";

  private static final int MOST_LINKS = 40;

  private WholeFile() {}

  /** Writes the bytes of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, in place of what was there. Behind a symbolic link it is the link's target; a
   * device or a pipe gets the bytes as they come. A thread that was interrupted writes nothing.
   *
   * @throws MachineException if the disk is full
   * @throws PicassoException if the file cannot be written for another reason
   */
  public static void write(Path file, Content content) {
    try {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the work was interrupted");
      }
      if (Files.isDirectory(file)) {
        throw new PicassoException(file + ": cannot be written, it is a folder; name a file.");
      }
      if (isStream(file)) {
        try (OutputStream out = Files.newOutputStream(file)) {
          content.writeTo(out);
        }
      } else {
        writeAndRename(behindLinks(file), content);
      }
    } catch (IOException e) {
      throw problem(file, e);
    }
  }

  /** Writes bytes; see {@link #write(Path, Content)}. */
  public static void write(Path file, byte[] bytes) {
    write(file, out -> out.write(bytes));
  }

  /** Devices, pipes, and whatever this process has open, such as {@code /dev/stdout}. */
  private static boolean isStream(Path file) {
    Path path = file.toAbsolutePath();
    return path.startsWith("/dev")
        || path.startsWith("/proc")
        || (Files.exists(path) && !Files.isRegularFile(path));
  }

  /** A rename would replace a link, not what it leads to. */
  private static Path behindLinks(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    for (int i = 0; Files.isSymbolicLink(path); i++) {
      if (i == MOST_LINKS) {
        throw new IOException("links that lead in a circle");
      }
      path = path.resolveSibling(Files.readSymbolicLink(path));
    }
    return path;
  }

  private static void writeAndRename(Path target, Content content) throws IOException {
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path part = target.resolveSibling(UNFINISHED + random);
    Thread cleanup = new Thread(() -> delete(part), "picasso-unfinished");
    boolean watched = atShutdown(cleanup);
    try {
      try (OutputStream out =
          Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(out);
      }
      move(part, target);
    } finally {
      delete(part);
      if (watched) {
        forget(cleanup);
      }
    }
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Whether the hook will run; at shutdown itself none can be added. */
  private static boolean atShutdown(Thread hook) {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs already, and finds nothing to delete.
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // What was wrong before is what the person must hear.
    }
  }

  /**
   * Why a file cannot be written, in words.
   *
   * @param file what messages name
   */
  public static PicassoException problem(Path file, IOException e) {
    Optional<MachineException> full = MachineException.ofDisk(file, e);
    if (full.isPresent()) {
      return full.get();
    }
    return new PicassoException(file + ": cannot be written, " + reason(e) + ".", e);
  }

  static String reason(IOException e) {
    if (e instanceof NoSuchFileException || e instanceof NotDirectoryException) {
      return "there is no such folder";
    }
    if (e instanceof AccessDeniedException) {
      return "there is no permission to write there";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file is in the way";
    }
    return e instanceof FileSystemException named && named.getReason() != null
        ? named.getReason() // without the file's name
        : String.valueOf(e.getMessage());
  }
}
