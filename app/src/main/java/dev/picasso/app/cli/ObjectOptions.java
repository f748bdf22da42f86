package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.belief.Objects;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the class is in the images, for checks that ask whether a map is there. */
final class ObjectOptions {
  @Option(
      names = "--box",
      paramLabel = "LEFT,TOP,WIDTH,HEIGHT",
      description = "Where the class is in every image, in its pixels.")
  private Optional<String> box = Optional.empty();

  /**
   * What is known.
   *
   * @throws PicassoException if it cannot be read
   */
  Objects read() {
    return box.map(Objects::box).orElse(Objects.UNKNOWN);
  }

  /** What was given, in a line; empty where nothing was. */
  String words() {
    return box.map(b -> "box " + b.replace(" ", "")).orElse("");
  }
}
