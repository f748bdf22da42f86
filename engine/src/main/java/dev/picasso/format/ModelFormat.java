package dev.picasso.format;

import java.nio.file.Path;

/** One family of model files. */
public interface ModelFormat {
  /** The word for it in configuration files, such as "keras". */
  String name();

  /**
   * Whether the file, or folder, is of this family. Content decides; the name is at most a hint.
   *
   * @param head the first bytes of the file, at most 4096; empty for a folder
   */
  boolean recognises(Path path, byte[] head);

  /**
   * Reads the model.
   *
   * @throws ModelException if it cannot be read; the message names every problem
   */
  ImportedModel read(Path path, ImportOptions options);
}
