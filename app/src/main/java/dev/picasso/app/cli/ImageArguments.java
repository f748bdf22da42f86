package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.image.decode.ImageFolder;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.run.Provenance;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.ReadyModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which model and which images, for the commands that look at images. */
final class ImageArguments {
  @Mixin private ModelOptions models = new ModelOptions();

  @Parameters(
      index = "1..*",
      paramLabel = "IMAGE",
      description =
          "Image files, folders of them (with those inside), or '-' for the standard input. Without"
              + " any, the sample images of the picasso.yaml.")
  private List<Path> given = new ArrayList<>();

  private final List<String> leftOut = new ArrayList<>();

  @Mixin private NamedImages named = new NamedImages();

  /** The model, ready to explain images; to be closed. */
  ReadyModel ready() {
    ConfiguredModel configured = models.configured();
    return ReadyModel.load(
        configured.holding(named.held(explainsNamed(configured))),
        Home.loader(),
        RuntimeOptions.defaults().on(configured.device()));
  }

  /** Further models, to be opened by name; to be closed. */
  FileModels others() {
    return new FileModels(models.given(), models.device());
  }

  /** What a person gave, for results in a folder. */
  Provenance.Given by(Path folder) {
    Map<String, Path> held = named.held(explainsNamed(models.configured()));
    return models.by(folder, held);
  }

  /** Whether the first image with a name is the one to explain, since there is no other. */
  private boolean explainsNamed(ConfiguredModel configured) {
    return given.isEmpty() && configured.images().isEmpty();
  }

  /** Says all that was assumed of the model and of the way from images to it. */
  void printNotes(ReadyModel model, PrintWriter err) {
    models.note().ifPresent(err::println);
    leftOut.forEach(note -> err.println("note: " + note));
    model.notes().forEach(note -> err.println("note: " + note));
  }

  /**
   * The image files; of a folder, those in it and in the folders inside of it.
   *
   * @throws PicassoException if there is none at all
   */
  List<Path> files(ConfiguredModel model) {
    List<Path> files = new ArrayList<>();
    for (Path path : given) {
      files.addAll(Files.isDirectory(path) ? listed(path) : List.of(path));
    }
    if (given.isEmpty()) {
      files.addAll(explainsNamed(model) ? named.explained() : model.images());
    }
    if (files.isEmpty()) {
      throw new PicassoException(
          given.isEmpty()
              ? "Which images? Name files or folders after the model."
              : "There are no images in " + given.get(0) + "." + words(leftOut));
    }
    GivenImage.requireReadable(files);
    return files;
  }

  /** The same, but for a command that can do without any. */
  List<Path> anyFiles(ConfiguredModel model) {
    boolean none = given.isEmpty() && model.images().isEmpty() && named.explained().isEmpty();
    return none ? List.of() : files(model);
  }

  private static String words(List<String> sentences) {
    return sentences.isEmpty() ? "" : " " + String.join(" ", sentences);
  }

  private List<Path> listed(Path folder) {
    try {
      ImageFolder.Listing listing = ImageFolder.read(folder);
      listing.leftOut(folder).ifPresent(leftOut::add);
      return EarlierResults.without(listing.images());
    } catch (IOException e) {
      throw new PicassoException(folder + ": cannot be read: " + e.getMessage() + ".", e);
    }
  }
}
