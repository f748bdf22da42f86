package dev.picasso.app.web.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures, copies and deletes files and folders of ours. */
public final class Folders {
  private static final Logger LOG = LoggerFactory.getLogger(Folders.class);

  private Folders() {}

  /** Bytes of all files in a folder; what vanishes meanwhile counts as nothing. */
  public static long size(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(Folders::sizeOfFile).sum();
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} cannot be measured", folder, e);
      return 0;
    }
  }

  /** Bytes of a file; nothing if it is none. */
  static long sizeOfFile(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * The same file under another name where the file system can, else a copy; what becomes of the
   * first is nothing to the second.
   */
  public static void linkOrCopy(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, target);
    }
  }

  /** Deletes a file, or a folder with all in it. */
  static void deleteAny(Path path) throws IOException {
    delete(path);
    Files.deleteIfExists(path);
  }

  /** Deletes a folder with all in it; links are deleted, not followed. */
  static void delete(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem)
                throws IOException {
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // A run that was cancelled may just have written a file; the rest goes at exit.
      LOG.debug("{} cannot be deleted yet", folder, e);
    }
  }
}
