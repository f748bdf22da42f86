package dev.picasso.model;

import dev.picasso.format.ImportedModel;
import dev.picasso.format.SelfDescription;
import java.util.List;

/** Names of classes that a file carries. */
final class DeclaredLabels {
  private DeclaredLabels() {}

  /** The file's labels, or the names in its metadata. */
  static List<String> of(ImportedModel imported) {
    return imported.labels().isEmpty()
        ? SelfDescription.of(imported.metadata()).names()
        : imported.labels();
  }

  /** The same; names in the metadata only where they are as many as the output has classes. */
  static List<String> of(ImportedModel imported, int targets, boolean single) {
    List<String> labels = of(imported);
    boolean fit = labels.size() == (single ? 1 : targets);
    return fit || !imported.labels().isEmpty() ? labels : List.of();
  }
}
