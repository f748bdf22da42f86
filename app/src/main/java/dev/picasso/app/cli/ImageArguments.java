package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.image.decode.ImageFolder;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ReadyModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which model and which images, for the commands that look at images. */
final class ImageArguments {
  @Mixin private ModelOptions models = new ModelOptions();

  @Parameters(
      index = "1..*",
      paramLabel = "IMAGE",
      description =
          "Image files, or folders of them. Without any, the sample images of the picasso.yaml.")
  private List<Path> given = new ArrayList<>();

  /** The model, ready to explain images; to be closed. */
  ReadyModel ready() {
    return ReadyModel.load(models.configured(), ModelLoader.standard(), RuntimeOptions.defaults());
  }

  /** Says what was assumed of the way from images to the model. */
  void printNotes(ReadyModel model, PrintWriter err) {
    models.note().ifPresent(err::println);
    model.input().assumed().forEach(note -> err.println("note: " + note));
  }

  /**
   * The image files; of a folder, those in it.
   *
   * @throws PicassoException if there is none at all
   */
  List<Path> files(ConfiguredModel model) {
    List<Path> files = new ArrayList<>();
    for (Path path : given) {
      files.addAll(Files.isDirectory(path) ? listed(path) : List.of(path));
    }
    if (given.isEmpty()) {
      files.addAll(model.images());
    }
    if (files.isEmpty()) {
      throw new PicassoException(
          given.isEmpty()
              ? "Which images? Name files or folders after the model."
              : "There are no images in " + given.get(0) + ".");
    }
    return files;
  }

  private static List<Path> listed(Path folder) {
    try {
      return EarlierResults.without(ImageFolder.list(folder));
    } catch (IOException e) {
      throw new PicassoException(folder + ": cannot be read: " + e.getMessage() + ".", e);
    }
  }
}
