package dev.picasso.model;

import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.model.files.ModelArchive;
import dev.picasso.model.files.ModelFiles;
import dev.picasso.model.files.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The files of a model while it is read. What is in a zip lies in a folder of its own meanwhile,
 * which is gone after closing, or when Java ends.
 *
 * @param request for the model itself, in place of the zip
 * @param notes which of the files in the zip it is
 * @param folder what the zip was unpacked into
 */
record OpenedFiles(ModelRequest request, List<String> notes, Optional<TemporaryFolder> folder)
    implements AutoCloseable {
  private static final long SMALL = 1L << 30;

  /** Weights hardly shrink when they are packed. */
  private static final long HIGHEST_COMPRESSION = 16;

  /**
   * Unpacks a zip that is no model itself; anything else is left as it is.
   *
   * @param isModel whether a file is a model, or known for not being one
   * @throws ModelException if the zip holds no model or several, is damaged, or is too large
   */
  static OpenedFiles of(ModelRequest request, Predicate<Path> isModel) {
    Path path = request.path();
    boolean archive =
        Files.isRegularFile(path)
            && !ModelFolder.nameOf(path).toLowerCase(Locale.ROOT).endsWith(".keras")
            && ModelArchive.isZip(path)
            && !isModel.test(path);
    return archive
        ? unpacked(request, isModel)
        : new OpenedFiles(request, List.of(), Optional.empty());
  }

  private static OpenedFiles unpacked(ModelRequest request, Predicate<Path> isModel) {
    String name = ModelFolder.nameOf(request.path());
    TemporaryFolder temporary = temporary(name);
    try {
      Path folder = temporary.path();
      long most = Math.max(SMALL, Files.size(request.path()) * HIGHEST_COMPRESSION);
      List<Path> unpacked =
          ModelFiles.arranged(ModelArchive.unpack(request.path(), name, folder, most));
      ModelFiles files = new ModelFiles(isModel, folder, unpacked);
      if (!files.holdModel()) {
        throw new ModelException(name + ": none of the files in the archive is a model.");
      }
      Path main = files.main(name + ": holds several models: ", "Unpack it and name one of them.");
      String inside = folder.relativize(main).toString().replace('\\', '/');
      return new OpenedFiles(
          request.at(main, folder),
          inside.isEmpty() ? List.of() : List.of("The model is " + inside + " in " + name + "."),
          Optional.of(temporary));
    } catch (IOException | UncheckedIOException e) {
      temporary.close();
      throw new ModelException(name + ": cannot be unpacked: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      temporary.close();
      throw e;
    }
  }

  private static TemporaryFolder temporary(String name) {
    try {
      return TemporaryFolder.create();
    } catch (IOException e) {
      throw new ModelException(
          name + ": there is no place to unpack it (" + e.getMessage() + ").", e);
    }
  }

  @Override
  public void close() {
    folder.ifPresent(TemporaryFolder::close);
  }
}
