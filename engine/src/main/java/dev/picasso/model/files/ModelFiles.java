package dev.picasso.model.files;

import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The files of one upload, archive or folder, and which of them is the model that the others belong
 * to.
 */
public final class ModelFiles {
  private static final Set<String> SAVED_MODEL =
      Set.of("saved_model.pb", "saved_model.pbtxt", "saved_model.cpb");
  private static final String VARIABLES = "variables\\.(index|data-\\d{5}-of-\\d{5})";

  private final Predicate<Path> isModel;
  private final Path root;
  private final List<Path> files;

  /**
   * Files of one model, or of several, or of none.
   *
   * @param isModel whether a file is a model by its content, or known for not being one
   * @param root the folder that they lie in, at some depth
   */
  public ModelFiles(Predicate<Path> isModel, Path root, List<Path> files) {
    this.isModel = isModel;
    this.root = root;
    this.files = files.stream().sorted(Comparator.comparing(Path::getNameCount)).toList();
  }

  /**
   * Puts the variables of SavedModels that came without folders where these look for them.
   *
   * @return the files as they lie now
   */
  public static List<Path> arranged(List<Path> files) {
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
   * @param several what to say of several models, before their names
   * @param remedy what to do about them
   * @throws ModelException if there are several
   */
  public Path main(String several, String remedy) {
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
        throw new ModelException(several + names(found) + ". " + remedy);
      }
    }
    return ending(".index").stream()
        .findFirst()
        .or(() -> recognised(files).stream().findFirst())
        .or(() -> ending(".json", ".onnx", ".keras", ".h5", ".hdf5").stream().findFirst())
        .or(
            () ->
                files.stream()
                    .filter(f -> !ModelFolder.nameOf(f).equalsIgnoreCase("labels.txt"))
                    .findFirst())
        .orElseGet(() -> files.get(0));
  }

  /** Whether any of the files is a model, or known for not being one. */
  public boolean holdModel() {
    return !recognised(files).isEmpty();
  }

  private String names(List<Path> models) {
    return models.stream()
        .map(m -> root.relativize(m).toString().replace('\\', '/'))
        .collect(Collectors.joining(", "));
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
    return some.stream().filter(isModel).toList();
  }
}
