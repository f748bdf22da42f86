package dev.picasso.app.web;

import dev.picasso.format.ModelFolder;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.config.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The files of one upload, and which of them is the model that the others belong to. */
final class ModelFiles {
  private static final String LABELS = "labels.txt";
  private static final int MOST_LABEL_BYTES = 1 << 20;
  private static final Set<String> SAVED_MODEL =
      Set.of("saved_model.pb", "saved_model.pbtxt", "saved_model.cpb");
  private static final String VARIABLES = "variables\\.(index|data-\\d{5}-of-\\d{5})";

  private final ModelLoader loader;
  private final Path root;
  private final List<Path> files;

  /**
   * Files of one model, or of several, or of none.
   *
   * @param root the folder that they lie in, at some depth
   */
  ModelFiles(ModelLoader loader, Path root, List<Path> files) {
    this.loader = loader;
    this.root = root;
    this.files = files.stream().sorted(Comparator.comparing(Path::getNameCount)).toList();
  }

  /**
   * Puts the variables of SavedModels that came without folders where these look for them.
   *
   * @return the files as they lie now
   */
  static List<Path> arranged(List<Path> files) {
    return files.stream().map(ModelFiles::arranged).toList();
  }

  private static Path arranged(Path file) {
    boolean beside = SAVED_MODEL.stream().anyMatch(s -> Files.exists(file.resolveSibling(s)));
    if (!beside || !ModelFolder.nameOf(file).matches(VARIABLES)) {
      return file;
    }
    try {
      Path folder = Files.createDirectories(file.resolveSibling("variables"));
      return Files.move(file, folder.resolve(file.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The file that holds the graph, or the folder that is the model: by the name where formats fix
   * it, else by content. Where nothing is a model, a file for whose sake it can be said.
   *
   * @throws HttpProblem if several models came at once
   */
  Path main() {
    List<Path> savedModels = named(SAVED_MODEL::contains);
    if (savedModels.size() > 1 && isVersioned(savedModels)) {
      return savedModels.get(0).resolveSibling("..").normalize();
    }
    List<Path> metas = ending(".meta");
    if (savedModels.isEmpty() && metas.size() > 1 && folders(metas) == 1) {
      return metas.get(0).resolveSibling("").normalize(); // the newest checkpoint of the folder
    }
    for (List<Path> found :
        List.of(
            savedModels,
            recognised(ending(".json")),
            recognised(ending(".onnx", ".keras")),
            recognised(ending(".h5", ".hdf5")),
            recognised(ending(".pb", ".pbtxt", ".tflite")),
            metas)) {
      if (found.size() == 1) {
        return found.get(0);
      }
      if (found.size() > 1) {
        throw several(found);
      }
    }
    return ending(".index").stream()
        .findFirst()
        .or(() -> recognised(files).stream().findFirst())
        .or(() -> ending(".json", ".onnx", ".keras", ".h5", ".hdf5").stream().findFirst())
        .or(() -> files.stream().filter(f -> !isLabels(f)).findFirst())
        .orElseGet(() -> files.get(0));
  }

  /** Whether any of the files is a model, or known for not being one. */
  boolean holdModel() {
    return !recognised(files).isEmpty();
  }

  private HttpProblem several(List<Path> models) {
    String names =
        models.stream()
            .map(m -> root.relativize(m).toString().replace('\\', '/'))
            .collect(Collectors.joining(", "));
    return new HttpProblem(422, "These are several models: " + names + ". Open one at a time.");
  }

  /** Folders of one folder that are numbered, as servers of models keep them. */
  private static boolean isVersioned(List<Path> savedModels) {
    return savedModels.stream().allMatch(m -> ModelFolder.of(m).name().matches("\\d+"))
        && folders(savedModels.stream().map(m -> m.resolveSibling("").normalize()).toList()) == 1;
  }

  private static long folders(List<Path> files) {
    return files.stream().map(f -> f.resolveSibling("").normalize()).distinct().count();
  }

  private List<Path> named(Predicate<String> name) {
    return files.stream()
        .filter(f -> name.test(ModelFolder.nameOf(f).toLowerCase(Locale.ROOT)))
        .toList();
  }

  private List<Path> ending(String... endings) {
    return named(name -> List.of(endings).stream().anyMatch(name::endsWith));
  }

  private List<Path> recognised(List<Path> some) {
    return some.stream().filter(loader::recognises).toList();
  }

  // ------------------------------------------------------------------- labels

  private static boolean isLabels(Path file) {
    boolean asset = ModelFolder.of(file).name().startsWith("assets"); // the model's own affair
    return !asset && ModelFolder.nameOf(file).equalsIgnoreCase(LABELS);
  }

  /** The lines of a file of labels that came with the model. */
  List<String> labels() {
    try {
      for (Path file : files) {
        if (isLabels(file) && files.size() > 1 && Files.size(file) <= MOST_LABEL_BYTES) {
          return Labels.fromLines(Files.readString(file, StandardCharsets.UTF_8));
        }
      }
      return List.of();
    } catch (MalformedInputException e) {
      throw HttpProblem.wrong(LABELS + ": is no text in UTF-8.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
