package dev.picasso.app.web;

import dev.picasso.app.web.state.Folders;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ConfiguredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Models that one person opened, for another. */
record ModelCopies(Services services) {
  /**
   * A copy of a model in the session, with all that is said of its input. Its files are the same
   * ones where the file system can; what becomes of the first is nothing to the second.
   *
   * @throws HttpProblem if the person has too many models
   */
  ServedModel copy(Session session, ServedModel model) {
    ModelRequest theirs = model.configured().request();
    Path from = theirs.within().orElse(theirs.path());
    long bytes = Folders.size(from);
    session.take(bytes);
    Path folder = session.newFolder();
    try {
      Path own = folder.resolve("model");
      copyAll(from, own);
      ServedModel copied =
          model.copied(
              configured(
                  model.configured(),
                  ModelUploads.freeId(services, session, model.id()),
                  from,
                  own),
              services.loading());
      if (!session.addModel(copied)) {
        throw ModelUploads.full(services);
      }
      return copied;
    } catch (IOException e) {
      session.giveBack(bytes);
      session.discard(folder);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      session.giveBack(bytes);
      session.discard(folder);
      throw e;
    }
  }

  private static ConfiguredModel configured(
      ConfiguredModel theirs, String id, Path from, Path own) {
    UnaryOperator<Path> moved =
        path -> path.startsWith(from) ? own.resolve(from.relativize(path).toString()) : path;
    ModelRequest request = theirs.request();
    Map<String, Path> held =
        theirs.held().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> moved.apply(e.getValue())));
    return new ConfiguredModel(
        new ModelRequest(
            id,
            request.title(),
            moved.apply(request.path()),
            request.format(),
            request.options(),
            request.labels(),
            request.labelsFrom(),
            Optional.of(own),
            request.head()),
        theirs.preprocessing(),
        theirs.top(),
        List.of(),
        held,
        theirs.device());
  }

  private static void copyAll(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path each : all) {
      Path target = to.resolve(from.relativize(each).toString());
      if (Files.isDirectory(each)) {
        Files.createDirectories(target);
      } else {
        link(each, target);
      }
    }
  }

  private static void link(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(file, target);
    }
  }
}
