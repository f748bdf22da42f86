package dev.picasso.format.keras.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the weights file that lies beside a topology, by the names that people give the two. */
final class WeightsBeside {
  private static final List<String> ENDINGS =
      List.of(
          ".weights.h5",
          "_weights.h5",
          "-weights.h5",
          ".weights.hdf5",
          "_weights.hdf5",
          ".h5",
          ".hdf5",
          ".hdf",
          ".weight",
          ".weights");

  private static final List<String> SURPLUS =
      List.of("", "_config", "_model", "_architecture", "_arch", "_topology", "_json");

  private WeightsBeside() {}

  static Optional<Path> find(Path topology) {
    String name = KerasFiles.nameOf(topology);
    int at = name.indexOf(".json");
    String stem = at < 0 ? name : name.substring(0, at);
    String rest = at < 0 ? "" : name.substring(at + ".json".length());
    for (String surplus : SURPLUS) {
      if (!stem.endsWith(surplus)) {
        continue;
      }
      String shorter = stem.substring(0, stem.length() - surplus.length());
      for (String ending : ENDINGS) {
        Path file = topology.resolveSibling(shorter + ending + rest);
        if (isHdf5(file)) {
          return Optional.of(file);
        }
      }
    }
    for (String common : List.of("model.weights.h5", "weights.h5", "model_weights.h5")) {
      if (isHdf5(topology.resolveSibling(common))) {
        return Optional.of(topology.resolveSibling(common));
      }
    }
    Path folder = topology.toAbsolutePath().getParent();
    List<Path> all = folder == null ? List.of() : KerasFiles.hdf5Files(folder);
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  private static boolean isHdf5(Path file) {
    return Files.isRegularFile(file) && KerasFiles.isHdf5(KerasFiles.head(file));
  }
}
