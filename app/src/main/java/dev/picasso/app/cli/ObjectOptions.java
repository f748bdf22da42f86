package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.belief.ObjectFiles;
import dev.picasso.belief.Objects;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the class is in the images, for checks that ask whether a map is there. */
final class ObjectOptions {
  @Option(
      names = "--box",
      paramLabel = "LEFT,TOP,WIDTH,HEIGHT",
      description = "Where the class is in every image, in its pixels.")
  private Optional<String> box = Optional.empty();

  @Option(
      names = "--masks",
      paramLabel = "FILE|FOLDER",
      description =
          "Where the class is: a picture that is white there, a JSON of COCO, an XML of Pascal VOC,"
              + " or a folder of these, which belong to the images by their names.")
  private Optional<Path> masks = Optional.empty();

  @Option(
      names = "--category",
      paramLabel = "NAME",
      description =
          "Of a COCO or Pascal file the things that are called so; all of them otherwise.")
  private Optional<String> category = Optional.empty();

  /**
   * What is known.
   *
   * @throws PicassoException if it cannot be read
   */
  Objects read() {
    if (box.isPresent() && masks.isPresent()) {
      throw new PicassoException("--box and --masks both say where the class is; give one.");
    }
    if (category.isPresent() && masks.isEmpty()) {
      throw new PicassoException("--category picks among what --masks names; give that as well.");
    }
    return masks
        .map(path -> ObjectFiles.at(path, category))
        .or(() -> box.map(Objects::box))
        .orElse(Objects.UNKNOWN);
  }

  /** What was given, in a line; empty where nothing was. */
  String words() {
    return masks
        .map(path -> "masks " + path + category.map(c -> " category " + c).orElse(""))
        .or(() -> box.map(b -> "box " + b.replace(" ", "")))
        .orElse("");
  }
}
