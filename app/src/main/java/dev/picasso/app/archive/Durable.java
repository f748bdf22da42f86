package dev.picasso.app.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Has files on the disk before anybody is told of them. */
final class Durable {
  private Durable() {}

  /** All files of a flat folder, and the folder itself; returns their bytes. */
  static long folder(Path folder) throws IOException {
    long bytes = 0;
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList();
    }
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
        bytes += channel.size();
      }
    }
    names(folder);
    return bytes;
  }

  /** The names in a folder. */
  static void names(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; it writes names with the files.
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        throw e;
      }
    }
  }
}
