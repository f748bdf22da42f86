package dev.picasso.app.web;

import dev.picasso.app.web.state.HeldFiles;
import dev.picasso.app.web.state.Library;
import dev.picasso.app.web.state.Names;
import dev.picasso.app.web.state.ServedModel;
import dev.picasso.app.web.state.Session;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.SafeNames;
import dev.picasso.format.labels.LabelText;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.SentConfiguration;
import io.javalin.http.Context;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a person says of a model takes its place in the session: nobody else sees it changed. Of two
 * changes at once none is lost without a word.
 */
final class ModelChanges {
  private static final long LARGEST = 4 << 20;
  private static final int MOST_FILES = 20;
  private static final String FOR_ITS_MODEL =
      "'%s' of the configuration is for when it comes along with its model.";

  /** The longest that a request waits for a model that is being loaded otherwise. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Library library;

  ModelChanges(Library library) {
    this.library = library;
  }

  /** Whether a file is a configuration by its name. */
  static boolean isConfiguration(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    return plain.endsWith(".yaml") || plain.endsWith(".yml");
  }

  /**
   * Has the model as it is changed, loaded as far as need be, and puts it in the place of the
   * other. Where that was changed meanwhile, both changes are joined.
   *
   * @throws HttpProblem if it cannot be loaded so, another change of the same parts came first, or
   *     it was removed; then this changes nothing
   */
  ServedModel apply(Session session, ServedModel model, SentConfiguration sent) {
    try {
      ServedModel there = model;
      SentConfiguration change = sent;
      Optional<ServedModel> changed = replaced(session, there, change);
      while (changed.isEmpty()) {
        ServedModel now = ModelRoutes.find(library, session, model.id());
        change =
            new SentConfiguration(
                BothChanges.of(there.configured(), change.model(), now.configured()),
                change.notes());
        there = now;
        changed = replaced(session, there, change);
      }
      HeldFiles.discard(session, others(there.configured(), change.model()));
      return changed.get();
    } catch (HttpProblem e) {
      HeldFiles.discard(session, others(sent.model(), model.configured()));
      throw e;
    }
  }

  /** The model that now stands in the place of another; empty if that is not there any more. */
  private Optional<ServedModel> replaced(
      Session session, ServedModel there, SentConfiguration change) {
    ServedModel changed = there.changed(change.model(), change.notes());
    boolean taken = false;
    try {
      requireUsable(there, changed);
      taken = session.replaceModel(own(there), changed);
    } catch (HttpProblem e) {
      if (isThere(session, there)) {
        throw e; // else its files may be gone
      }
    } finally {
      if (!taken) {
        changed.close();
      }
    }
    return taken ? Optional.of(changed) : Optional.empty();
  }

  /** Empty for everybody's. */
  private Optional<ServedModel> own(ServedModel model) {
    return Optional.of(model).filter(m -> library.find(m.id()).filter(m::equals).isEmpty());
  }

  private boolean isThere(Session session, ServedModel model) {
    return session.model(model.id()).equals(own(model));
  }

  private static void requireUsable(ServedModel model, ServedModel changed) {
    try {
      changed.await(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpProblem(503, "Picasso is being stopped.");
    }
    boolean asks = model.asksForInputs() && changed.asksForInputs(); // one after another
    if (changed.state() == ServedModel.State.FAILED && !asks) {
      String problem = changed.problem().orElse("The model cannot be loaded so.");
      for (Path file : changed.configured().held().values()) {
        // Where the server keeps it is nobody's business.
        problem = problem.replace(file.toString(), String.valueOf(file.getFileName()));
      }
      throw new HttpProblem(422, problem);
    }
  }

  /** What inputs hold of one, and of the other none does. */
  private static List<Path> others(ConfiguredModel one, ConfiguredModel other) {
    return one.held().values().stream().filter(f -> !other.held().containsValue(f)).toList();
  }

  /** What files say: a picasso.yaml, or labels. */
  SentConfiguration sent(Context context, Session session, ServedModel model) {
    List<Part> parts = Multipart.files(context, session.folder(), LARGEST);
    if (parts.isEmpty() || parts.size() > MOST_FILES) {
      throw HttpProblem.wrong("Send a picasso.yaml or a file of labels, in a part named \"file\".");
    }
    Path folder = session.newFolder();
    try {
      List<Path> files = new ArrayList<>();
      for (Part part : parts) {
        Path file = folder.resolve(SafeNames.path(Multipart.name(part)));
        Files.createDirectories(file.resolveSibling(""));
        Multipart.write(part, file);
        files.add(file);
      }
      Optional<Path> yaml =
          files.stream().filter(f -> isConfiguration(String.valueOf(f.getFileName()))).findFirst();
      return yaml.isPresent()
          ? staying(
              session,
              SentConfiguration.file(yaml.get(), folder, model.configured()),
              model.configured())
          : labels(files, model.configured());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      session.discard(folder);
    }
  }

  /**
   * What was sent along is deleted when it was read. Of it what inputs hold is kept; samples and
   * weights are those that the model came with.
   */
  private static SentConfiguration staying(
      Session session, SentConfiguration sent, ConfiguredModel model) {
    ConfiguredModel said = sent.model();
    List<String> notes = new ArrayList<>(sent.notes());
    if (!said.images().equals(model.images())) {
      notes.add(FOR_ITS_MODEL.formatted("images"));
    }
    ImportOptions options = said.request().options();
    Optional<Path> weights = model.request().options().weights();
    if (options.weights().isPresent() && !options.weights().equals(weights)) {
      notes.add(FOR_ITS_MODEL.formatted("weights"));
    }
    return new SentConfiguration(
        new ConfiguredModel(
            said.request().with(options.withWeights(weights)),
            said.preprocessing(),
            said.top(),
            model.images(),
            held(session, said, model),
            said.device()),
        notes);
  }

  /** What inputs hold by what was said, kept for the model. */
  private static Map<String, Path> held(
      Session session, ConfiguredModel said, ConfiguredModel model) {
    Map<String, Path> held = new LinkedHashMap<>(said.held());
    List<Path> kept = new ArrayList<>();
    try {
      for (Map.Entry<String, Path> each : held.entrySet()) {
        Path file = each.getValue();
        if (!model.held().containsValue(file)) {
          String name = String.valueOf(file.getFileName());
          Path own =
              HeldFiles.keep(
                  session, model, name, file.toFile().length(), f -> Files.copy(file, f));
          kept.add(own);
          each.setValue(own);
        }
      }
      return held;
    } catch (RuntimeException e) {
      HeldFiles.discard(session, kept);
      throw e;
    }
  }

  private static SentConfiguration labels(List<Path> files, ConfiguredModel model)
      throws IOException {
    for (Path file : files) {
      String name = Names.shown(String.valueOf(file.getFileName()));
      try {
        List<String> labels = LabelText.read(Files.readAllBytes(file));
        if (!labels.isEmpty()) {
          return new SentConfiguration(
              model.with(model.request().withLabels(labels, name)), List.of());
        }
      } catch (CharacterCodingException e) {
        throw new HttpProblem(422, name + ": is no text, so it lists no labels.");
      }
    }
    throw new HttpProblem(
        422,
        Names.shown(String.valueOf(files.get(0).getFileName()))
            + ": lists no labels. A line for each class, a table or JSON does.");
  }
}
