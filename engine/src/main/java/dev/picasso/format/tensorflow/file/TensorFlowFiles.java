package dev.picasso.format.tensorflow.file;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.format.tensorflow.checkpoint.Checkpoints;
import dev.picasso.format.tfjs.ModelJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Opens TensorFlow's model files of every kind but TensorFlow Lite's. */
public final class TensorFlowFiles {
  private static final String MODEL_JSON = "model.json";

  private TensorFlowFiles() {}

  /**
   * Whether this is a TensorFlow model: a SavedModel or its saved_model.pb, a graph or meta graph
   * in binary or as text, a file of a checkpoint, a TensorFlow.js graph model, or a folder with one
   * of them, or with SavedModels in folders that are numbered as versions.
   *
   * @param head the first bytes of the file; empty for a folder
   */
  public static boolean recognises(Path path, byte[] head) {
    if (Files.isDirectory(path)) {
      return isModelFolder(path);
    }
    if (!Files.isRegularFile(path)) {
      return false;
    }
    return Content.of(head).isPresent() || isGraphModel(path, head) || isCheckpoint(path, head);
  }

  private static boolean isModelFolder(Path path) {
    if (Files.isRegularFile(path.resolve(SavedModels.BINARY))
        || Files.isRegularFile(path.resolve(SavedModels.TEXT))
        || Files.isRegularFile(path.resolve(SavedModels.CHUNKED))) {
      return true;
    }
    if (Files.isRegularFile(path.resolve(MODEL_JSON))) {
      return ModelJson.isGraphModel(path.resolve(MODEL_JSON));
    }
    ModelFolder folder = ModelFolder.at(path);
    return newestVersion(folder).isPresent()
        || folder.list("").stream()
            .filter(n -> n.matches("(?s).*\\.(meta|index)|checkpoint"))
            .map(path::resolve)
            .anyMatch(f -> recognises(f, Messages.head(f)));
  }

  /** The folder of the highest number with a SavedModel in it, where models are kept by version. */
  private static Optional<String> newestVersion(ModelFolder folder) {
    return folder.folders().stream()
        .filter(n -> n.matches("\\d{1,18}"))
        .filter(n -> folder.find(n + "/" + SavedModels.BINARY).isPresent())
        .max(Comparator.comparingLong(Long::parseLong));
  }

  private static boolean isGraphModel(Path path, byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8).stripLeading();
    return (text.startsWith("{") || text.startsWith("\uFEFF{"))
        && text.matches(
            "(?s).*\"(format|generatedBy|convertedBy|signature|modelTopology|weightsManifest)\".*")
        && ModelJson.isGraphModel(path);
  }

  private static boolean isCheckpoint(Path path, byte[] head) {
    return isState(path, head) || isShard(path) || Checkpoints.isTable(path);
  }

  private static boolean isState(Path path, byte[] head) {
    return ModelFolder.nameOf(path).equals(Checkpoints.STATE)
        && new String(head, StandardCharsets.UTF_8).contains("model_checkpoint_path");
  }

  /** A shard's own bytes say nothing; the index beside it does. */
  private static boolean isShard(Path path) {
    String name = ModelFolder.nameOf(path);
    if (!name.matches("(?s).*\\.data-\\d{5}-of-\\d{5}")) {
      return false;
    }
    Path index = path.resolveSibling(Checkpoints.prefixOf(name) + ".index");
    return Files.isRegularFile(index) && Checkpoints.isTable(index);
  }

  /**
   * Opens a model.
   *
   * @param options its tags choose among the graphs of a SavedModel
   * @throws ModelException if it is none, is damaged, or files that belong to it are missing
   */
  public static TensorFlowFile open(Path path, ImportOptions options) {
    if (Files.isDirectory(path)) {
      return openFolder(path, options);
    }
    byte[] head = Messages.head(path);
    Optional<Content> content = Content.of(head);
    if (content.isPresent()) {
      boolean text = content.get().text();
      return switch (content.get().message()) {
        case SAVED_MODEL -> SavedModels.open(path, text, options);
        case META_GRAPH -> MetaGraphs.openMeta(path, text);
        case GRAPH -> Graphs.open(path, text);
      };
    }
    if (isGraphModel(path, head)) {
      return GraphModels.open(path);
    }
    String name = ModelFolder.nameOf(path);
    ModelFolder folder = ModelFolder.of(path);
    if (isState(path, head)) {
      return MetaGraphs.openCheckpoint(
          folder,
          Checkpoints.newest(folder)
              .orElseThrow(
                  () ->
                      new ModelException(
                          name
                              + ": only tells which checkpoint is the newest; none lies beside it."
                              + " Give its files as well: .meta, .index and .data-…")));
    }
    Path model = path.toAbsolutePath().resolveSibling("..").normalize().resolve(SavedModels.BINARY);
    if (name.startsWith("variables.") && Files.isRegularFile(model)) {
      return open(model, options);
    }
    if (isCheckpoint(path, head)) {
      String prefix = Checkpoints.prefixOf(name);
      return MetaGraphs.openCheckpoint(folder, new Checkpoints.Found(prefix, List.of()));
    }
    throw new ModelException(
        name + ": is no TensorFlow model, or is damaged: it begins as none of them does.");
  }

  private static TensorFlowFile openFolder(Path path, ImportOptions options) {
    ModelFolder folder = ModelFolder.at(path);
    Optional<Path> model =
        folder
            .find(SavedModels.BINARY)
            .or(() -> folder.find(SavedModels.TEXT))
            .or(() -> folder.find(MODEL_JSON).filter(ModelJson::isGraphModel));
    if (model.isPresent()) {
      return open(model.get(), options);
    }
    if (folder.find(SavedModels.CHUNKED).isPresent()) {
      throw new ModelException(
          folder.name()
              + ": the SavedModel is cut into pieces (saved_model.cpb), as those above 2 GB are;"
              + " these are not read. Save its weights as variables, not as constants.");
    }
    Optional<String> version = newestVersion(folder);
    return version.isPresent()
        ? open(folder.file(version.get() + "/" + SavedModels.BINARY), options)
            .with("The model is the one in the folder " + version.get() + ", the newest.")
        : openNewest(folder);
  }

  private static TensorFlowFile openNewest(ModelFolder folder) {
    Optional<Checkpoints.Found> newest = Checkpoints.newest(folder);
    if (newest.isPresent()) {
      return MetaGraphs.openCheckpoint(folder, newest.get());
    }
    List<String> metas = folder.list("").stream().filter(n -> n.endsWith(".meta")).toList();
    if (metas.isEmpty()) {
      throw new ModelException(
          folder.name() + ": holds no saved_model.pb, no model.json and no checkpoint.");
    }
    throw new ModelException(
        folder.name()
            + ": holds "
            + String.join(", ", metas)
            + ", a graph without weights; no checkpoint (.index and .data files) lies beside it.");
  }
}
