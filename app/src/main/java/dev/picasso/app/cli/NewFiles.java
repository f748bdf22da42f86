package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that are written all together, and over nothing that is there. */
final class NewFiles {
  private final Map<Path, byte[]> contents = new LinkedHashMap<>();

  NewFiles add(Path file, String text) {
    return add(file, text.getBytes(StandardCharsets.UTF_8));
  }

  NewFiles add(Path file, byte[] content) {
    contents.put(file, content);
    return this;
  }

  /**
   * Writes all.
   *
   * @return the files
   * @throws PicassoException if one is there already, or cannot be written; then none is
   */
  List<Path> write() {
    List<String> there =
        contents.keySet().stream()
            .filter(file -> Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
            .map(Path::toString)
            .toList();
    if (!there.isEmpty()) {
      throw new PicassoException(
          String.join(", ", there)
              + (there.size() == 1
                  ? " is there already and stays as it is"
                  : " are there already and stay as they are")
              + "; nothing was written. Choose another name.");
    }
    List<Path> written = new ArrayList<>();
    try {
      for (Map.Entry<Path, byte[]> file : contents.entrySet()) {
        Path folder = file.getKey().toAbsolutePath().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        Files.write(file.getKey(), file.getValue(), StandardOpenOption.CREATE_NEW);
        written.add(file.getKey());
      }
      return written;
    } catch (IOException e) {
      written.forEach(NewFiles::takeBack);
      throw new PicassoException(e.getMessage() + ": cannot be written; nothing was.", e);
    }
  }

  private static void takeBack(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The person is told of the first problem.
    }
  }
}
