package dev.picasso.app.web.state;

import dev.picasso.model.config.ConfigurationException;
import dev.picasso.model.config.ConfigurationWriter;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.SentConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person said of the inputs of models, each as a {@code picasso.yaml} in the session's
 * folder: beside the files of an opened model, and of everybody's in a folder for all of these.
 */
final class KeptInputs {
  /** Where those of everybody's models lie. */
  static final String FOLDER = "inputs";

  private static final Logger LOG = LoggerFactory.getLogger(KeptInputs.class);

  private KeptInputs() {}

  private static boolean isOpened(Path folder, ConfiguredModel model) {
    return model.request().path().startsWith(folder);
  }

  /** Another model of the same name, on a server that was started otherwise, has another file. */
  private static Path file(Path folder, ConfiguredModel model) {
    Path path = model.request().path();
    if (isOpened(folder, model)) {
      return folder.resolve(folder.relativize(path).getName(0)).resolve("picasso.yaml");
    }
    String key = model.id() + '\0' + path.toAbsolutePath().normalize();
    UUID name = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    return folder.resolve(FOLDER).resolve(name + ".yaml");
  }

  /** Where what is kept of a model lies: files in it, and no others, are found again. */
  static Path beside(Path folder, ConfiguredModel model) {
    return file(folder, model).resolveSibling("");
  }

  /** Writes what is said otherwise than before, and deletes what is said no more. */
  static void write(Session session, Holdings before, Holdings now) throws IOException {
    Path folder = session.folder();
    Map<Path, ConfiguredModel> gone = new HashMap<>();
    all(before).forEach(model -> gone.put(file(folder, model), model));
    for (ConfiguredModel model : all(now)) {
      Path file = file(folder, model);
      if (!model.equals(gone.remove(file))) {
        write(session, file, model);
      }
    }
    for (Path file : gone.keySet()) {
      long bytes = size(file);
      if (Files.deleteIfExists(file)) {
        session.giveBack(bytes);
      }
    }
  }

  /** Those that were taken away, too: with what was said of them they can be restored. */
  private static List<ConfiguredModel> all(Holdings holdings) {
    return Stream.concat(
            holdings.models().stream(), holdings.removed().stream().map(Holdings.Removed::model))
        .toList();
  }

  private static void write(Session session, Path file, ConfiguredModel model) throws IOException {
    Path beside = Files.createDirectories(file.resolveSibling(""));
    byte[] text = ConfigurationWriter.said(model, beside).getBytes(StandardCharsets.UTF_8);
    session.take(text.length);
    session.giveBack(size(file));
    SessionFile.writeWhole(file, text);
  }

  private static long size(Path file) throws IOException {
    return Files.isRegularFile(file) ? Files.size(file) : 0;
  }

  /**
   * What a session holds, with all that was said of models.
   *
   * @param before with opened models of which nothing is said
   * @param everybodys models, of which those join that this person gives something else
   */
  static Holdings read(Path folder, Holdings before, List<ConfiguredModel> everybodys) {
    List<ConfiguredModel> models = new ArrayList<>();
    before.models().forEach(model -> models.add(read(file(folder, model), model)));
    everybodys.stream()
        .filter(model -> Files.isRegularFile(file(folder, model)))
        .forEach(model -> models.add(read(file(folder, model), model)));
    List<Holdings.Removed> removed =
        before.removed().stream()
            .map(
                r ->
                    new Holdings.Removed(
                        read(file(folder, r.model()), r.model()), r.sha256(), r.at()))
            .toList();
    return new Holdings(
        before.images(), before.deleted(), models, before.hashes(), removed, before.nextNumber());
  }

  private static ConfiguredModel read(Path file, ConfiguredModel model) {
    if (!Files.isRegularFile(file)) {
      return model;
    }
    try {
      return SentConfiguration.kept(file, model);
    } catch (ConfigurationException e) {
      LOG.warn("{} cannot be read, and so {} is given images as found", file, model.id(), e);
      return model;
    }
  }
}
