package dev.picasso.app.web;

import dev.picasso.app.web.state.Folders;
import dev.picasso.app.web.state.HeldFiles;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.format.ImportOptions;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.config.ConfiguredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Models that one person opened, for another. */
record ModelCopies(Services services) {
  /**
   * A copy of a model in the session, with all that is said of its input. Its files are the same
   * ones where the file system can; what becomes of the first is nothing to the second.
   *
   * @throws HttpProblem if the person has too many models, or the other has just removed it
   */
  ServedModel copy(Session session, ServedModel model) {
    ModelRequest theirs = model.configured().request();
    Path from = theirs.within().orElse(theirs.path());
    long bytes = Folders.size(from);
    session.take(bytes);
    Path folder = session.newFolder();
    Path own = folder.resolve("model");
    try {
      copyAll(from, own);
      String id = ModelUploads.freeId(services, session, model.id());
      ConfiguredModel copied = holdingOwn(session, configured(model.configured(), id, from, own));
      ServedModel added = model.copied(copied, services.loading());
      if (!session.addModel(added)) {
        HeldFiles.discard(session, copied.held().values());
        throw ModelUploads.full(services);
      }
      return added;
    } catch (IOException e) {
      throw undone(session, folder, bytes, problem(e));
    } catch (RuntimeException e) {
      throw undone(session, folder, bytes, e);
    }
  }

  private static RuntimeException undone(
      Session session, Path folder, long bytes, RuntimeException why) {
    session.giveBack(bytes);
    session.discard(folder);
    return why;
  }

  private static RuntimeException problem(IOException e) {
    return e instanceof NoSuchFileException
        ? new HttpProblem(
            409, "Whoever opened the model of this run has just removed it. Repeat the run again.")
        : new UncheckedIOException(e);
  }

  private static ConfiguredModel configured(
      ConfiguredModel theirs, String id, Path from, Path own) {
    UnaryOperator<Path> moved =
        path -> path.startsWith(from) ? own.resolve(from.relativize(path).toString()) : path;
    ModelRequest request = theirs.request();
    ImportOptions options = request.options();
    Map<String, Path> held = new LinkedHashMap<>(theirs.held());
    held.replaceAll((input, file) -> moved.apply(file));
    return new ConfiguredModel(
        new ModelRequest(
            id,
            request.title(),
            moved.apply(request.path()),
            request.format(),
            options.withWeights(options.weights().map(moved)),
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

  /** What its inputs were given later lies beside the model, and is copied like it. */
  private static ConfiguredModel holdingOwn(Session session, ConfiguredModel copied) {
    Map<String, Path> held = new LinkedHashMap<>(copied.held());
    held.replaceAll(
        (input, file) ->
            file.startsWith(session.folder())
                ? file
                : HeldFiles.keep(
                    session,
                    copied,
                    String.valueOf(file.getFileName()),
                    file.toFile().length(),
                    target -> Folders.linkOrCopy(file, target)));
    return copied.holdingOnly(held);
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
        Folders.linkOrCopy(each, target);
      }
    }
  }
}
