package dev.picasso.format.keras.file;

import dev.picasso.format.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  private static final List<String> COMMON =
      List.of("model.weights.h5", "weights.h5", "model_weights.h5");

  private WeightsBeside() {}

  /**
   * The file of the most usual name; one that holds weights alone goes before one that is a whole
   * model itself, for that one may have been saved at another time. Of a topology that is a link,
   * also beside what it leads to.
   */
  static Optional<Path> find(Path topology) {
    Optional<Path> beside = findBeside(topology);
    return beside.isEmpty() && Files.isSymbolicLink(topology)
        ? target(topology).flatMap(WeightsBeside::findBeside)
        : beside;
  }

  private static Optional<Path> target(Path link) {
    try {
      return Optional.of(link.toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> findBeside(Path topology) {
    List<Path> named = names(topology).filter(WeightsBeside::isHdf5).distinct().toList();
    Optional<Path> pureWeights = named.stream().filter(f -> !holdsTopology(f)).findFirst();
    return pureWeights.or(() -> named.stream().findFirst()).or(() -> onlyOne(topology));
  }

  private static Stream<Path> names(Path topology) {
    String name = KerasFiles.nameOf(topology);
    int at = name.indexOf(".json");
    String stem = at < 0 ? name : name.substring(0, at);
    String rest = at < 0 ? "" : name.substring(at + ".json".length());
    Stream<String> like =
        SURPLUS.stream()
            .filter(stem::endsWith)
            .map(surplus -> stem.substring(0, stem.length() - surplus.length()))
            .flatMap(shorter -> ENDINGS.stream().map(ending -> shorter + ending + rest));
    return Stream.concat(like, COMMON.stream()).map(topology::resolveSibling);
  }

  /** In a folder with a single HDF5 file, that one. */
  private static Optional<Path> onlyOne(Path topology) {
    Path folder = topology.toAbsolutePath().getParent();
    List<Path> all = folder == null ? List.of() : KerasFiles.hdf5Files(folder);
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  private static boolean holdsTopology(Path file) {
    try (Hdf5File hdf5 = Hdf5File.open(file, KerasFiles.nameOf(file))) {
      return hdf5.text("model_config").isPresent();
    } catch (ModelException e) {
      return true; // broken: the last choice, so that its error is told only where it is the one
    }
  }

  private static boolean isHdf5(Path file) {
    return Files.isRegularFile(file) && KerasFiles.isHdf5(KerasFiles.head(file));
  }
}
