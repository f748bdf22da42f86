package dev.picasso.model;

import dev.picasso.format.ImportOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a person says of a model to load.
 *
 * @param id short and unique, for addresses
 * @param title for people
 * @param format the name of a format, or empty to find it by content
 * @param labels names of the classes; empty where the file has them or there are none
 */
public record ModelRequest(
    String id,
    String title,
    Path path,
    Optional<String> format,
    ImportOptions options,
    List<String> labels) {

  public ModelRequest {
    labels = List.copyOf(labels);
  }

  /** A model about which nothing more is known than where it lies. */
  public static ModelRequest of(Path path) {
    String name = String.valueOf(path.getFileName());
    String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    return new ModelRequest(stem, name, path, Optional.empty(), ImportOptions.none(), List.of());
  }

  public ModelRequest with(ImportOptions changed) {
    return new ModelRequest(id, title, path, format, changed, labels);
  }
}
