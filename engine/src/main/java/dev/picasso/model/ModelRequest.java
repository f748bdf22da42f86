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
 * @param labelsFrom the name of the file that these labels come from; empty where none was named
 * @param within a folder all of whose files belong to the model, as those of one upload do; empty
 *     where the model lies wherever it lies
 * @param head what the model does to its scores last, where a person says so: softmax, sigmoid, or
 *     numbers that are no probabilities
 */
public record ModelRequest(
    String id,
    String title,
    Path path,
    Optional<String> format,
    ImportOptions options,
    List<String> labels,
    String labelsFrom,
    Optional<Path> within,
    Optional<Head.Kind> head) {

  public ModelRequest {
    labels = List.copyOf(labels);
  }

  /** A model of whose head nobody says anything. */
  public ModelRequest(
      String id,
      String title,
      Path path,
      Optional<String> format,
      ImportOptions options,
      List<String> labels,
      String labelsFrom,
      Optional<Path> within) {
    this(id, title, path, format, options, labels, labelsFrom, within, Optional.empty());
  }

  /** A model with labels from no file, lying wherever it lies. */
  public ModelRequest(
      String id,
      String title,
      Path path,
      Optional<String> format,
      ImportOptions options,
      List<String> labels) {
    this(id, title, path, format, options, labels, "", Optional.empty());
  }

  /** A model about which nothing more is known than where it lies. */
  public static ModelRequest of(Path path) {
    String name = String.valueOf(path.getFileName());
    String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    return new ModelRequest(stem, name, path, Optional.empty(), ImportOptions.none(), List.of());
  }

  public ModelRequest with(ImportOptions changed) {
    return new ModelRequest(id, title, path, format, changed, labels, labelsFrom, within, head);
  }

  /** The same model under another path, with a folder of files that belong to it. */
  public ModelRequest at(Path other, Path folder) {
    return new ModelRequest(
        id, title, other, format, options, labels, labelsFrom, Optional.of(folder), head);
  }

  /** The same model under another id and title. */
  public ModelRequest called(String otherId, String otherTitle) {
    return new ModelRequest(
        otherId, otherTitle, path, format, options, labels, labelsFrom, within, head);
  }

  /** The same with other names of classes. */
  public ModelRequest withLabels(List<String> others, String from) {
    return new ModelRequest(id, title, path, format, options, others, from, within, head);
  }

  /** The same with what a person says of the end of the model. */
  public ModelRequest withHead(Optional<Head.Kind> said) {
    return new ModelRequest(id, title, path, format, options, labels, labelsFrom, within, said);
  }
}
