package dev.picasso.model.config;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.LambdaMeaning;
import dev.picasso.format.labels.LabelText;
import dev.picasso.model.Head;
import dev.picasso.model.ModelRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What somebody sends to say how a model takes images: a {@code picasso.yaml} that comes with a
 * model or later, or single parts of one. No class that it names is looked for, and no file outside
 * of what was sent is touched.
 *
 * @param model the model as it is configured now
 * @param notes what was left out, a sentence each
 */
public record SentConfiguration(ConfiguredModel model, List<String> notes) {
  private static final ClassLoader NO_CLASSES =
      new ClassLoader(null) {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
          throw new ClassNotFoundException(name); // not even one of Java's own
        }
      };

  public SentConfiguration {
    notes = List.copyOf(notes);
  }

  /**
   * Takes over what a {@code picasso.yaml} says of a model.
   *
   * @param folder with all that was sent along
   * @param model its id, its path and the folder that it lies in are kept
   * @throws ConfigurationException naming the line of everything that is wrong
   */
  public static SentConfiguration file(Path file, Path folder, ConfiguredModel model) {
    return file(file, folder, model, List.of());
  }

  /**
   * The same.
   *
   * @param known files that may be named although they were not sent along
   */
  private static SentConfiguration file(
      Path file, Path folder, ConfiguredModel model, Collection<Path> known) {
    String name = String.valueOf(file.getFileName());
    Problems problems = new Problems(name);
    Section top = root(YamlFile.read(file, name), name, problems);
    List<String> notes = new ArrayList<>();
    for (String other : List.of("server", "device")) {
      top.entry(other)
          .ifPresent(
              e -> notes.add("'" + other + "' of " + name + " is for whoever starts Picasso."));
    }
    List<Entry> models = top.entry("models").map(Entry::items).orElse(List.of());
    top.finish();
    problems.check();
    Entry own = own(models, name, model.request());
    Path beside = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(folder);
    Paths paths = Paths.sent(beside, known, notes);
    Optional<ConfiguredModel> read =
        new ModelReader(paths, new UserClasses(NO_CLASSES)).read(own, model.request().path());
    problems.check();
    return new SentConfiguration(
        read.map(r -> merged(r, model, holding(own))).orElse(model), notes);
  }

  /**
   * What was said of a model, as {@link ConfigurationWriter#said} wrote it. What that left out
   * stays as it is. Inputs hold what they held then and nothing else, since the one that is
   * explained is told by what the others hold; of files elsewhere only those that the model itself
   * has are found.
   *
   * @throws ConfigurationException if it is not as it was written
   */
  public static ConfiguredModel kept(Path file, ConfiguredModel model) {
    Path folder = file.toAbsolutePath().resolveSibling("");
    ConfiguredModel said = file(file, folder, model, model.held().values()).model();
    ImportOptions old = model.request().options();
    ImportOptions options = said.request().options();
    Map<String, LambdaMeaning> lambdas = new LinkedHashMap<>(old.lambdas());
    lambdas.putAll(options.lambdas());
    ModelRequest request =
        said.request()
            .with(options.withWeights(options.weights().or(old::weights)).withLambdas(lambdas));
    boolean byClass =
        model.preprocessing().custom().isPresent()
            && said.preprocessing().equals(PreprocessingSettings.none());
    return said.with(request).with(byClass ? model.preprocessing() : said.preprocessing());
  }

  private static Section root(Optional<Node> root, String name, Problems problems) {
    if (root.isEmpty()) {
      throw new ConfigurationException(name + ": is empty; it needs 'models:'.");
    }
    return new Entry("the file", 1, root.get(), problems).section();
  }

  /** The element with the model's file, or the only one. */
  private static Entry own(List<Entry> models, String name, ModelRequest request) {
    String file = String.valueOf(request.path().getFileName());
    List<Entry> called =
        models.stream()
            .filter(
                m ->
                    m.isSection()
                        && m.table().stream()
                            .anyMatch(e -> e.key().equals("path") && isCalled(e, file)))
            .toList();
    if (called.size() == 1) {
      return called.get(0);
    }
    if (models.size() != 1) {
      throw new ConfigurationException(
          models.isEmpty()
              ? name + ": has no models."
              : name + ": has several models, and none of them alone is " + file + ".");
    }
    return models.get(0);
  }

  private static boolean isCalled(Entry path, String file) {
    return path.text().filter(t -> t.replace('\\', '/').endsWith(file)).isPresent();
  }

  /** The inputs of which a file says what they hold, whether that was sent along or not. */
  private static Set<String> holding(Entry model) {
    return model.isSection()
        ? model.table().stream()
            .filter(e -> e.key().equals("held") && e.isSection())
            .flatMap(e -> e.table().stream())
            .map(Entry::key)
            .collect(Collectors.toSet())
        : Set.of();
  }

  /**
   * The model that was there, with all that the file says.
   *
   * @param holding the inputs that hold something by it; where it names none, all hold what they
   *     held
   */
  private static ConfiguredModel merged(
      ConfiguredModel read, ConfiguredModel model, Set<String> holding) {
    ModelRequest said = read.request();
    ModelRequest old = model.request();
    boolean titled = !said.title().equals(said.id());
    ModelRequest request =
        new ModelRequest(
            old.id(),
            titled ? said.title() : old.title(),
            old.path(),
            said.format().or(old::format),
            said.options(),
            said.labels(),
            said.labelsFrom(),
            old.within(),
            said.head());
    List<Path> images = read.images().isEmpty() ? model.images() : read.images();
    Map<String, Path> held = new LinkedHashMap<>(model.held());
    held.keySet().removeIf(input -> !holding.isEmpty() && !holding.contains(input));
    held.putAll(read.held());
    return new ConfiguredModel(
        request, read.preprocessing(), read.top(), images, held, model.device());
  }

  /**
   * Takes over single parts.
   *
   * @param text a JSON object: {@code preprocessing} with the keys of a configuration, {@code
   *     labels} (a list, or a text in any form that a file of labels may have), {@code head},
   *     {@code output}; what it has not stays, and what is empty is found from the model again
   * @throws ConfigurationException naming everything that is wrong
   */
  public static SentConfiguration parts(String text, ConfiguredModel model) {
    Problems problems = new Problems("the request");
    Section section = root(YamlFile.parse(text, "the request"), "the request", problems);
    PreprocessingSettings preprocessing =
        section
            .entry("preprocessing")
            .map(e -> PreprocessingReader.read(e.section(), new UserClasses(NO_CLASSES)))
            .orElse(model.preprocessing());
    ModelRequest request = model.request();
    Optional<Entry> labels = section.entry("labels");
    if (labels.isPresent()) {
      request = request.withLabels(labels(labels.get()), "");
    }
    Optional<Entry> head = section.entry("head");
    if (head.isPresent()) {
      Optional<Head.Kind> kind = ModelReader.head(head.get());
      request = request.withHead(kind);
    }
    Optional<Entry> output = section.entry("output");
    if (output.isPresent()) {
      List<String> outputs = output.get().isEmpty() ? List.of() : ModelReader.outputs(output.get());
      request = request.with(request.options().withOutputs(outputs));
    }
    section.finish();
    problems.check();
    return new SentConfiguration(model.with(request).with(preprocessing), List.of());
  }

  private static List<String> labels(Entry entry) {
    if (entry.isEmpty()) {
      return List.of();
    }
    if (entry.isList()) {
      return entry.texts();
    }
    List<String> names = entry.text().map(LabelText::read).orElse(List.of());
    if (names.isEmpty()) {
      entry.wrong("there are no labels in it.");
    }
    return names;
  }
}
