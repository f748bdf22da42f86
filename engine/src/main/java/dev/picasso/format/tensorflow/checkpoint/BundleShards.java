package dev.picasso.format.tensorflow.checkpoint;

import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tensorflow.proto.BundleEntryProto;

/** The files beside an index that hold the numbers. */
final class BundleShards {
  /** As many as their names can count. */
  private static final int MOST = 99_999;

  /** What messages list before they say "and so many more". */
  private static final int LISTED = 20;

  private BundleShards() {}

  /**
   * Opens those shards that entries lie in.
   *
   * @throws ModelException that names each file that is missing
   */
  static Map<Integer, StoredFile> open(
      ModelFolder folder, String prefix, int count, Collection<BundleEntryProto> entries) {
    String name = prefix.substring(prefix.lastIndexOf('/') + 1);
    if (count < 1 || count > MOST) {
      throw new ModelException(
          name + ".index: the file is damaged: it counts " + count + " shards.");
    }
    TreeSet<Integer> wanted = new TreeSet<>();
    for (BundleEntryProto entry : entries) {
      if (entry.getShardId() < 0 || entry.getShardId() >= count) {
        throw new ModelException(
            name
                + ".index: the file is damaged: something lies in shard "
                + entry.getShardId()
                + " of "
                + count
                + ".");
      }
      if (entry.getSlicesCount() == 0) {
        wanted.add(entry.getShardId());
      }
    }
    Map<Integer, Path> paths = new TreeMap<>();
    List<String> missing = new ArrayList<>();
    for (int shard : wanted) {
      String ending = String.format(java.util.Locale.ROOT, ".data-%05d-of-%05d", shard, count);
      Optional<Path> path = folder.find(prefix + ending);
      path.ifPresentOrElse(p -> paths.put(shard, p), () -> missing.add(name + ending));
    }
    if (!missing.isEmpty()) {
      List<String> listed = new ArrayList<>(missing.subList(0, Math.min(LISTED, missing.size())));
      if (listed.size() < missing.size()) {
        listed.add("and " + (missing.size() - listed.size()) + " more");
      }
      throw ModelException.of(
          name
              + ".index: of the "
              + count
              + (count == 1 ? " file" : " files")
              + " that the weights lie in, "
              + missing.size()
              + (missing.size() == 1 ? " is missing:" : " are missing:"),
          listed,
          "Copy what is missing beside " + name + ".index.");
    }
    return opened(paths);
  }

  private static Map<Integer, StoredFile> opened(Map<Integer, Path> paths) {
    Map<Integer, StoredFile> open = new LinkedHashMap<>();
    try {
      paths.forEach((shard, path) -> open.put(shard, StoredFile.open(path)));
      return open;
    } catch (RuntimeException e) {
      close(open.values());
      throw e;
    }
  }

  static void close(Collection<StoredFile> files) {
    files.forEach(StoredFile::close);
  }
}
