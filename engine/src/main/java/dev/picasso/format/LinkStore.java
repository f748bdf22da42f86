package dev.picasso.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Stores of files that tools keep beside folders of links to them: the {@code blobs} of Hugging
 * Face's cache beside its {@code snapshots}, and those of git-annex and DVC inside of a work tree.
 */
final class LinkStore {
  private static final List<String> IN_WORK_TREES = List.of(".git/annex/objects", ".dvc/cache");

  private LinkStore() {}

  /**
   * Whether a file lies in the store that belongs to a folder.
   *
   * @param folder without links
   * @param file without links
   */
  static boolean of(Path folder, Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    for (Path above = folder; above != null; above = above.getParent()) {
      Path owner = above;
      boolean cache =
          folder.startsWith(owner.resolve("snapshots")) && file.startsWith(owner.resolve("blobs"));
      if (cache || IN_WORK_TREES.stream().anyMatch(s -> file.startsWith(owner.resolve(s)))) {
        return true;
      }
    }
    return false;
  }
}
