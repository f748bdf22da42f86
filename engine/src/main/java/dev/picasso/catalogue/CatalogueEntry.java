package dev.picasso.catalogue;

import dev.picasso.image.Preset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A known model: what it is, where its files are, and how images get into it.
 *
 * @param name short, for commands, addresses and its folder
 * @param title for people
 * @param description a sentence: what it is, and why one would look at it
 * @param publisher whose files these are
 * @param licence as the publisher states it
 * @param model the file of the model, or of its weights where there is a topology
 * @param topology the name of a Keras topology that Picasso brings, where the file holds weights
 *     alone
 */
public record CatalogueEntry(
    String name,
    String title,
    String description,
    String publisher,
    String licence,
    RemoteFile model,
    Optional<String> topology,
    Labels labels,
    Input input) {

  /**
   * Names of the classes, a line each.
   *
   * @param skipped how many lines at the beginning name classes that this model has not
   */
  public record Labels(RemoteFile file, int skipped) {}

  /**
   * How an image becomes the model's input.
   *
   * @param shorterSide what an image's shorter side becomes before the middle is cut out, in
   *     pixels; empty where the image is squeezed to the model's size
   */
  public record Input(int height, int width, Preset preset, Optional<Integer> shorterSide) {}

  public CatalogueEntry {
    if (!name.matches("[a-z0-9][a-z0-9.-]{0,63}")) {
      throw new IllegalArgumentException(name + " is no short name");
    }
  }

  /** All that is downloaded. */
  public List<RemoteFile> files() {
    return List.of(labels.file(), model); // the small one first
  }

  /** Bytes of all files. */
  public long size() {
    return files().stream().mapToLong(RemoteFile::size).sum();
  }

  /** Where the files come from, the model first, as in "github.com". */
  public List<String> hosts() {
    return Stream.of(model, labels.file())
        .flatMap(f -> f.addresses().stream().limit(1))
        .flatMap(a -> Stream.ofNullable(a.getHost()))
        .distinct()
        .toList();
  }
}
