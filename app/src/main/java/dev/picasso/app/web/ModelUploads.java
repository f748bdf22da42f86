package dev.picasso.app.web;

import dev.picasso.app.web.state.Folders;
import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.format.SafeNames;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfigurationException;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.PreprocessingSettings;
import dev.picasso.model.config.SentConfiguration;
import dev.picasso.model.files.ModelArchive;
import dev.picasso.model.files.ModelFiles;
import io.javalin.http.Context;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Model files that somebody drops onto the page. The files of one upload lie together in a fresh
 * folder of the session, so that a topology finds its weights and a graph its external data.
 */
final class ModelUploads {
  private static final int MOST_FILES = 200;

  /** Names, without their ending, that tell nothing. */
  private static final Set<String> ALIKE = Set.of("saved_model", "model", "checkpoint");

  private final ModelLoader loader = ModelLoader.standard();
  private final Services services;

  ModelUploads(Services services) {
    this.services = services;
  }

  /**
   * Stores the files of a request and adds the model, not loaded yet, to the session.
   *
   * @throws HttpProblem if there are none, too many, or no model among them
   */
  ServedModel receive(Context context, Session session) {
    if (session.models().size() >= services.limits().models()) {
      throw Multipart.refused(context, services.limits().modelBytes(), full());
    }
    List<Part> parts = Multipart.files(context, session.folder(), services.limits().modelBytes());
    if (parts.isEmpty() || parts.size() > MOST_FILES) {
      throw HttpProblem.wrong(
          "Send one model: between 1 and " + MOST_FILES + " files, each in a part named \"file\".");
    }
    long bytes = parts.stream().mapToLong(Part::getSize).sum();
    session.take(bytes);
    Path folder = session.newFolder();
    try {
      Path own = folder.resolve("model"); // not the folder's own name, which nobody guesses
      ServedModel model = model(session, store(parts, own), own);
      long unpacked = Math.max(0, Folders.size(folder) - bytes);
      session.take(unpacked);
      bytes += unpacked;
      if (!session.addModel(model)) {
        throw full();
      }
      return model;
    } catch (RuntimeException e) {
      session.giveBack(bytes);
      session.discard(folder); // what nobody can use may not fill the disk
      if (e instanceof ConfigurationException problem) {
        throw new HttpProblem(422, String.valueOf(problem.getMessage()));
      }
      throw e instanceof ModelException problem ? answer(problem) : e;
    }
  }

  private static HttpProblem answer(ModelException problem) {
    boolean tooLarge = problem instanceof ModelArchive.TooLargeException;
    return new HttpProblem(tooLarge ? 413 : 422, String.valueOf(problem.getMessage()));
  }

  private ServedModel model(Session session, List<Path> stored, Path folder) {
    List<Path> all = ModelFiles.arranged(unpacked(stored));
    List<Path> others = all.stream().filter(f -> !isConfiguration(f)).toList();
    if (others.isEmpty()) {
      throw new HttpProblem(
          422,
          "A picasso.yaml says how a model takes images: send it along with the model, or to the"
              + " model that it is for.");
    }
    ModelFiles files = new ModelFiles(loader::recognises, folder, others);
    Path main = files.main("These are several models: ", "Open one at a time.");
    ModelRequest found = named(main, folder);
    String id = freeId(services, session, Names.file(found.id()));
    ModelRequest request =
        new ModelRequest(id, found.title(), main, Optional.empty(), ImportOptions.none(), List.of())
            .at(main, folder);
    ConfiguredModel configured =
        new ConfiguredModel(request, PreprocessingSettings.none(), ConfiguredModel.TOP, List.of());
    return configured(all, folder, configured);
  }

  private static boolean isConfiguration(Path file) {
    return ModelChanges.isConfiguration(ModelFolder.nameOf(file));
  }

  /** The model as a configuration says that came along. */
  private ServedModel configured(List<Path> files, Path folder, ConfiguredModel model) {
    List<Path> said = files.stream().filter(ModelUploads::isConfiguration).toList();
    if (said.isEmpty()) {
      return new ServedModel(model, services.loading());
    }
    Path nearest =
        said.stream()
            .filter(f -> ModelFolder.nameOf(f).equalsIgnoreCase(Configuration.FILE_NAME))
            .findFirst()
            .orElse(said.get(0));
    SentConfiguration sent = SentConfiguration.file(nearest, folder, model);
    return new ServedModel(sent.model(), services.loading(), sent.notes());
  }

  /** What the page calls it: the folder's name where all files of that kind are called alike. */
  private static ModelRequest named(Path main, Path folder) {
    ModelRequest own = ModelRequest.of(main);
    Path parent = main.resolveSibling("").normalize();
    return ALIKE.contains(own.id()) && !parent.equals(folder) ? ModelRequest.of(parent) : own;
  }

  /** The files, an archive replaced by what is in it. */
  private List<Path> unpacked(List<Path> stored) {
    List<Path> archives = stored.stream().filter(this::isArchive).toList();
    if (archives.size() > 1) {
      throw new HttpProblem(422, "These are several archives. Open one at a time.");
    }
    List<Path> files = new ArrayList<>(stored);
    files.removeAll(archives);
    archives.forEach(archive -> files.addAll(contents(archive)));
    return files;
  }

  /** A zip that is no model itself, as a .keras file is one. */
  private boolean isArchive(Path file) {
    boolean keras = ModelFolder.nameOf(file).toLowerCase(Locale.ROOT).endsWith(".keras");
    return !keras && ModelArchive.isZip(file) && !loader.recognises(file);
  }

  /** The files in an archive, in a folder of its name in its place. */
  private List<Path> contents(Path archive) {
    String name = ModelFolder.nameOf(archive);
    Path folder = archive.resolveSibling(ModelRequest.of(archive).id());
    try {
      Path aside = Files.move(archive, archive.resolveSibling(".archive")); // no name begins so
      List<Path> files = ModelArchive.unpack(aside, name, folder, services.limits().modelBytes());
      Files.delete(aside);
      if (!new ModelFiles(loader::recognises, folder, files).holdModel()) {
        throw new HttpProblem(422, name + ": none of the files in the archive is a model.");
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpProblem full() {
    return full(services);
  }

  static HttpProblem full(Services services) {
    int most = services.limits().models();
    return most == 0
        ? new HttpProblem(403, "Nobody opens models of their own on this server.")
        : new HttpProblem(429, "You have opened " + most + " models already; remove one of them.");
  }

  private static List<Path> store(List<Part> parts, Path folder) {
    List<Path> files = new ArrayList<>();
    for (Part part : parts) {
      String name = SafeNames.path(Multipart.name(part));
      try {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Multipart.write(part, file);
        files.add(file);
      } catch (FileAlreadyExistsException e) {
        throw HttpProblem.wrong("Two of the files are called " + name + ".");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /** The file's name, with a number behind it where that is taken. */
  static String freeId(Services services, Session session, String wanted) {
    Set<String> taken =
        ModelRoutes.all(services.library(), session).stream()
            .map(ServedModel::id)
            .collect(Collectors.toSet());
    String id = wanted.isBlank() ? "model" : wanted;
    for (int n = 2; taken.contains(id); n++) {
      id = wanted + "-" + n;
    }
    return id;
  }
}
