package dev.picasso.app.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.picasso.PicassoException;
import dev.picasso.app.archive.KeptFiles;
import dev.picasso.app.archive.KeptRun;
import dev.picasso.visualization.Visualization;
import dev.picasso.visualization.Visualizations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A run that is kept, read from its folder.
 *
 * @param kept its row
 * @param json what was told of it when it ended
 * @param template the visualization, where there still is one of its id
 */
record StoredRun(KeptRun kept, Path folder, ObjectNode json, Optional<Visualization<?>> template)
    implements ShownRun {

  /**
   * Reads it.
   *
   * @throws PicassoException if its files are damaged or were deleted
   */
  static StoredRun read(KeptRun kept, Path folder, Visualizations visualizations) {
    return new StoredRun(
        kept,
        folder,
        read(folder.resolve(KeptFiles.RUN)),
        visualizations.all().stream()
            .<Visualization<?>>map(v -> v)
            .filter(v -> v.id().equals(kept.visualization()))
            .findFirst());
  }

  /** Reads it without its visualization. */
  static StoredRun read(KeptRun kept, Path folder) {
    return new StoredRun(kept, folder, read(folder.resolve(KeptFiles.RUN)), Optional.empty());
  }

  /** What is told of a run when it has ended. */
  static ObjectNode of(ShownRun run) {
    ObjectNode json = Json.object();
    json.set("order", run.order());
    json.set("provenance", run.provenance());
    json.set("model", run.model());
    json.set("visualization", run.visualization());
    ArrayNode images = json.putArray("images");
    for (int i = 0; i < run.total(); i++) {
      images.add(run.picture(i));
    }
    return json;
  }

  private static ObjectNode read(Path file) {
    try {
      if (Json.parse(Files.readString(file)) instanceof ObjectNode json) {
        return json;
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new PicassoException("The results of this run are damaged, or were deleted.", e);
    }
    throw new PicassoException("The results of this run are damaged.");
  }

  private ObjectNode part(String name) {
    return json.path(name) instanceof ObjectNode object ? object.deepCopy() : Json.object();
  }

  @Override
  public String id() {
    return kept.id();
  }

  @Override
  public ObjectNode order() {
    return part("order");
  }

  @Override
  public ObjectNode status() {
    return part("status");
  }

  @Override
  public int total() {
    return kept.images().size();
  }

  @Override
  public ObjectNode picture(int index) {
    return json.path("images").path(index) instanceof ObjectNode picture
        ? picture.deepCopy()
        : Json.object();
  }

  @Override
  public Optional<ObjectNode> result(int index) {
    JsonNode failed = json.path("failed").path(String.valueOf(index));
    if (failed instanceof ObjectNode object) {
      return Optional.of(object.deepCopy());
    }
    Path file = folder.resolve(KeptFiles.result(index));
    return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
  }

  @Override
  public ObjectNode provenance() {
    return part("provenance");
  }

  @Override
  public ObjectNode model() {
    return part("model");
  }

  @Override
  public boolean tellsNumbers() {
    return json.path("model").path("numbers").asBoolean();
  }

  @Override
  public ObjectNode visualization() {
    return part("visualization");
  }
}
