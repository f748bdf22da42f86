package dev.picasso.model.config;

import dev.picasso.format.labels.LabelText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Names of classes that a configuration gives: a list in it, or a file in one of the forms that
 * {@link LabelText} reads.
 *
 * @param file its name; empty for a list
 */
record Labels(List<String> names, String file) {
  private static final long LARGEST = 4 << 20;

  Labels {
    names = List.copyOf(names);
  }

  private static final Labels NONE = new Labels(List.of(), "");

  static Labels read(Entry entry, Paths paths) {
    if (entry.isList()) {
      return new Labels(entry.texts(), "");
    }
    Optional<Path> file = paths.existing(entry);
    if (file.isEmpty()) {
      return NONE;
    }
    try {
      if (!Files.isRegularFile(file.get()) || Files.size(file.get()) > LARGEST) {
        entry.wrong("that is no file of labels.");
        return NONE;
      }
      List<String> labels = LabelText.read(Files.readAllBytes(file.get()));
      if (labels.isEmpty()) {
        entry.wrong("that file holds no labels.");
      }
      return new Labels(labels, String.valueOf(file.get().getFileName()));
    } catch (IOException e) {
      entry.wrong("that file cannot be read as text in UTF-8.");
      return NONE;
    }
  }
}
