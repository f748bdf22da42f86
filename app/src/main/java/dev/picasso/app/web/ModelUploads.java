package dev.picasso.app.web;

import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.format.ImportOptions;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.PreprocessingSettings;
import io.javalin.http.Context;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
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
  private static final String LABELS = "labels.txt";
  private static final int MOST_LABEL_BYTES = 1 << 20;

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
    Path folder = session.newFolder();
    try {
      ServedModel model = model(session, store(parts, folder));
      if (!session.addModel(model)) {
        throw full();
      }
      return model;
    } catch (RuntimeException e) {
      session.discard(folder); // what nobody can use may not fill the disk
      throw e;
    }
  }

  private ServedModel model(Session session, List<Path> files) {
    Path main = main(files);
    ModelRequest found = ModelRequest.of(main);
    String id = freeId(session, found.id());
    ModelRequest request =
        new ModelRequest(
            id, found.title(), main, Optional.empty(), ImportOptions.none(), labels(files));
    ConfiguredModel configured =
        new ConfiguredModel(request, PreprocessingSettings.none(), ConfiguredModel.TOP, List.of());
    return new ServedModel(configured, services.loading());
  }

  private HttpProblem full() {
    return new HttpProblem(
        429, "There are " + services.limits().models() + " of your models already; start over.");
  }

  private static List<Path> store(List<Part> parts, Path folder) {
    List<Path> files = new ArrayList<>();
    for (Part part : parts) {
      String name = Names.file(Multipart.name(part));
      try {
        Multipart.write(part, folder.resolve(name));
        files.add(folder.resolve(name));
      } catch (FileAlreadyExistsException e) {
        throw HttpProblem.wrong("Two of the files are called " + name + ".");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /** The file that holds the graph; the others belong to it. */
  private static Path main(List<Path> files) {
    return files.stream()
        .filter(f -> isTopology(f))
        .findFirst()
        .or(() -> withEnding(files, ".onnx", ".keras"))
        .or(() -> withEnding(files, ".h5", ".hdf5"))
        .orElseGet(() -> files.get(0));
  }

  private static Optional<Path> withEnding(List<Path> files, String... endings) {
    return files.stream()
        .filter(
            f -> {
              String name = f.toString().toLowerCase(Locale.ROOT);
              return List.of(endings).stream().anyMatch(name::endsWith);
            })
        .findFirst();
  }

  /** JSON that is not the metadata beside one. */
  private static boolean isTopology(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.contains(".json") && !name.startsWith("metadata");
  }

  /** The lines of a file of labels that came with the model. */
  private static List<String> labels(List<Path> files) {
    try {
      for (Path file : files) {
        boolean labels = String.valueOf(file.getFileName()).equalsIgnoreCase(LABELS);
        if (labels && files.size() > 1 && Files.size(file) <= MOST_LABEL_BYTES) {
          return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
        }
      }
      return List.of();
    } catch (MalformedInputException e) {
      throw HttpProblem.wrong(LABELS + ": is no text in UTF-8.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file's name, with a number behind it where that is taken. */
  private String freeId(Session session, String wanted) {
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
