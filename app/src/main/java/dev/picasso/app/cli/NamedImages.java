package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Images for the inputs of a model that takes several. */
final class NamedImages {
  @Option(
      names = "--image",
      paramLabel = "NAME=FILE",
      description =
          "For a model with several inputs: what the input NAME holds, an image or an array (.npy),"
              + " while the other one is explained. Without further images the first such is"
              + " explained.")
  private List<String> texts = new ArrayList<>();

  /**
   * What is held, by input.
   *
   * @param firstIsExplained whether the first one is the image to explain
   */
  Map<String, Path> held(boolean firstIsExplained) {
    Map<String, Path> files = files();
    if (firstIsExplained) {
      files.keySet().stream().findFirst().ifPresent(files::remove);
    }
    return files;
  }

  /** The image to explain where none is given without a name; none where none has a name either. */
  List<Path> explained() {
    return files().values().stream().limit(1).toList();
  }

  private Map<String, Path> files() {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1 || equals == text.length() - 1) {
        throw new PicassoException(
            "--image is " + text + "; it must be NAME=FILE, with the name of an input.");
      }
      if (files.put(text.substring(0, equals), Path.of(text.substring(equals + 1))) != null) {
        throw new PicassoException(
            "--image " + text + ": there is an image for that input already.");
      }
    }
    return files;
  }
}
