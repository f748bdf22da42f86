package dev.picasso.format.keras.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.format.tfjs.ModelJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens Keras files of every kind; what a file is, its first bytes say. */
public final class KerasFiles {
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};

  private KerasFiles() {}

  /** Whether this is a Keras file, or a folder with a TensorFlow.js model. */
  public static boolean recognises(Path path, byte[] head) {
    if (Files.isDirectory(path)) {
      Path model = path.resolve("model.json");
      return Files.isRegularFile(model) && isTopology(model, head(model));
    }
    return isHdf5(head)
        || (KerasArchive.isZip(head) && KerasArchive.holdsModel(path))
        || isTopology(path, head);
  }

  static boolean isHdf5(byte[] head) {
    for (int at = 0; at + HDF5.length <= head.length; at = at == 0 ? 512 : 2 * at) {
      if (java.util.Arrays.equals(head, at, at + HDF5.length, HDF5, 0, HDF5.length)) {
        return true;
      }
    }
    return false;
  }

  /** Graph models of TensorFlow.js have the same wrapping, and no layers. */
  private static boolean isTopology(Path path, byte[] head) {
    return looksLikeTopology(head) && !ModelJson.isGraphModel(path);
  }

  private static boolean looksLikeTopology(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8).strip();
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    return (text.startsWith("{") || text.startsWith("\""))
        && (text.contains("class_name")
            || text.contains("modelTopology")
            || text.contains("model_config")
            || text.contains("layers-model"));
  }

  /**
   * Opens a model.
   *
   * @throws ModelException if it is none
   */
  public static KerasFile open(Path path, ImportOptions options) {
    if (Files.isDirectory(path)) {
      return openJson(path.resolve("model.json"), options);
    }
    byte[] head = head(path);
    if (isHdf5(head)) {
      return openHdf5(path);
    }
    if (KerasArchive.isZip(head)) {
      return KerasArchive.open(path);
    }
    return openJson(path, options);
  }

  private static KerasFile openHdf5(Path path) {
    String name = nameOf(path);
    Hdf5File file = Hdf5File.open(path, name);
    try {
      String config =
          file.text("model_config")
              .orElseThrow(
                  () ->
                      new ModelException(
                          name
                              + ": the HDF5 file holds no model_config, so no model: only weights,"
                              + " or something else. Give the model's JSON (model.to_json()) and"
                              + " name this file as its weights, or save the whole model with"
                              + " model.save(\"model.keras\")."));
      Optional<String> version =
          file.text("keras_version").or(() -> file.weightsText("keras_version"));
      Optional<String> backend = file.text("backend").or(() -> file.weightsText("backend"));
      JsonNode topology = Topology.model(name, ModelJson.parse(name, config));
      return new KerasFile(
          name,
          "Keras " + major(version) + " (HDF5)",
          topology,
          version,
          backend,
          arranged(file.weights(), false),
          List.of(),
          List.of(),
          List.of(file));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static KerasFile openJson(Path path, ImportOptions options) {
    String name = nameOf(path);
    JsonNode whole = ModelJson.parse(name, ModelJson.text(path));
    if (whole.has("weightsManifest") || whole.has("modelTopology")) {
      return TensorFlowJs.open(path, name, whole);
    }
    JsonNode topology = Topology.model(name, whole);
    Optional<String> version = Topology.fact(whole, "keras_version");
    Optional<String> backend = Topology.fact(whole, "backend");
    Optional<Path> weights = options.weights().or(() -> WeightsBeside.find(path));
    if (weights.isEmpty()) {
      return new KerasFile(
          name,
          "Keras " + major(version) + " (JSON)",
          topology,
          version,
          backend,
          new StoredWeights.None(),
          List.of(),
          List.of(),
          List.of());
    }
    Path file = weights.get();
    String weightsName = nameOf(file);
    if (!Files.isRegularFile(file) || !isHdf5(head(file))) {
      throw new ModelException(
          weightsName + ": is no HDF5 file; the weights of " + name + " are looked for there.");
    }
    Hdf5File hdf5 = Hdf5File.open(file, weightsName);
    try {
      return new KerasFile(
          name,
          "Keras " + major(version) + " (JSON and HDF5)",
          topology,
          version.or(() -> hdf5.weightsText("keras_version")),
          hdf5.weightsText("backend").or(() -> backend),
          arranged(hdf5.weights(), true),
          List.of(),
          List.of("The weights come from " + weightsName + "."),
          List.of(hdf5));
    } catch (RuntimeException e) {
      hdf5.close();
      throw e;
    }
  }

  static StoredWeights arranged(WeightGroup root, boolean separate) {
    boolean objects =
        root.layerNames().isEmpty()
            && (hasVariables(root, 0)
                || root.groups().containsKey("_layer_checkpoint_dependencies"));
    return objects ? new StoredWeights.ByObject(root) : new StoredWeights.ByLayer(root, separate);
  }

  private static boolean hasVariables(WeightGroup group, int depth) {
    return group.groups().containsKey("vars")
        || (depth < 4
            && group.groups().values().stream().anyMatch(g -> hasVariables(g, depth + 1)));
  }

  static String major(Optional<String> version) {
    return version.filter(v -> !v.isEmpty()).map(v -> v.substring(0, 1)).orElse("model");
  }

  static String nameOf(Path path) {
    Path last = path.getFileName();
    return last == null ? path.toString() : last.toString();
  }

  static byte[] head(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(4096);
    } catch (IOException e) {
      throw new ModelException(nameOf(path) + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** HDF5 files of a folder. */
  static List<Path> hdf5Files(Path folder) {
    List<Path> found = new ArrayList<>();
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isRegularFile(file) && isHdf5(head(file))) {
          found.add(file);
        }
      }
    } catch (IOException e) {
      throw new ModelException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
    return found;
  }
}
