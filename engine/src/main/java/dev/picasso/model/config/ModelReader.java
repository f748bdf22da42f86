package dev.picasso.model.config;

import dev.picasso.format.ImportOptions;
import dev.picasso.format.LambdaMeaning;
import dev.picasso.format.ModelException;
import dev.picasso.graph.Shape;
import dev.picasso.model.Head;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.output.OutputSlice;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Reads one element of {@code models:}. */
final class ModelReader {
  private static final int MOST_CLASSES = 1000;

  /** Those that {@code ModelLoader.standard()} reads, as they call themselves. */
  private static final Map<String, String> FORMATS =
      Stream.of("auto", "keras", "onnx", "tensorflow", "tflite")
          .collect(Collectors.toMap(name -> name, name -> name));

  private static final int LARGEST_SIDE = 1 << 20;

  private final Paths paths;
  private final UserClasses classes;

  ModelReader(Path folder, ClassLoader classes) {
    this(new Paths(folder), new UserClasses(classes));
  }

  ModelReader(Paths paths, UserClasses classes) {
    this.paths = paths;
    this.classes = classes;
  }

  Optional<ConfiguredModel> read(Entry entry) {
    Section section = entry.isSection() ? entry.section() : noModel(entry);
    return read(section, section.required("path").flatMap(paths::existing));
  }

  /** What an element says of the model at a path, whatever its own path is. */
  Optional<ConfiguredModel> read(Entry entry, Path known) {
    Section section = entry.isSection() ? entry.section() : noModel(entry);
    var unused = section.entry("path").flatMap(Entry::text); // it is known, and read no more
    return read(section, Optional.of(known));
  }

  private Optional<ConfiguredModel> read(Section section, Optional<Path> path) {
    Optional<String> given = section.entry("id").flatMap(ModelReader::id);
    String id = given.or(() -> path.map(p -> ModelRequest.of(p).id())).orElse("");
    Optional<Labels> labels = section.entry("labels").map(e -> Labels.read(e, paths));
    ModelRequest request =
        new ModelRequest(
            id,
            section.text("title").orElse(id),
            path.orElse(Path.of("")),
            section.entry("format").flatMap(e -> e.oneOf(FORMATS)).filter(f -> !f.equals("auto")),
            options(section),
            labels.map(Labels::names).orElse(List.of()),
            labels.map(Labels::file).orElse(""),
            Optional.empty(),
            section.entry("head").flatMap(ModelReader::head));
    PreprocessingSettings preprocessing =
        section
            .entry("preprocessing")
            .map(e -> PreprocessingReader.read(e.section(), classes))
            .orElse(PreprocessingSettings.none());
    int top =
        section.entry("top").flatMap(e -> e.whole(1, MOST_CLASSES)).orElse(ConfiguredModel.TOP);
    List<Path> images = section.entry("images").map(paths::images).orElse(List.of());
    Map<String, Path> held = section.entry("held").map(this::held).orElse(Map.of());
    section.finish();
    return path.map(p -> new ConfiguredModel(request, preprocessing, top, images, held));
  }

  private Map<String, Path> held(Entry entry) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Entry input : entry.table()) {
      paths.existing(input).ifPresent(file -> files.put(input.key(), file));
    }
    return files;
  }

  private static Section noModel(Entry entry) {
    entry.mustBe("a list of groups with the keys path, title, labels and so on");
    return Section.nothing(entry);
  }

  private static Optional<String> id(Entry entry) {
    return entry.parsed(
        "made of letters, digits, '.', '-' and '_', at most 64",
        text -> Optional.of(text).filter(t -> t.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")));
  }

  private ImportOptions options(Section section) {
    List<Input> inputs =
        section.entry("input").map(Entry::items).orElse(List.of()).stream()
            .map(ModelReader::input)
            .toList();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach(i -> i.shape().ifPresent(shape -> shapes.put(i.name(), shape)));
    return new ImportOptions(
        section.entry("weights").flatMap(paths::existing),
        section
            .entry("kernels")
            .flatMap(e -> e.oneOf(Map.of("theano", true, "tensorflow", false)))
            .orElse(false),
        section.entry("lambdas").map(this::lambdas).orElse(Map.of()),
        shapes,
        inputs.stream().map(Input::name).filter(n -> !n.isEmpty()).toList(),
        section.entry("output").map(ModelReader::outputs).orElse(List.of()),
        section.text("signature"),
        section.entry("tags").map(Entry::texts).map(Set::copyOf).orElse(Set.of()));
  }

  /** What a person says of the end of a model. */
  static Optional<Head.Kind> head(Entry entry) {
    return entry
        .oneOf(
            Map.of(
                "auto", Optional.<Head.Kind>empty(),
                "softmax", Optional.of(Head.Kind.SOFTMAX),
                "sigmoid", Optional.of(Head.Kind.SIGMOID),
                "none", Optional.of(Head.Kind.NUMBERS)))
        .flatMap(kind -> kind);
  }

  /** Names or slices, which are read here so that a wrong one is told with its line. */
  static List<String> outputs(Entry entry) {
    List<String> texts = entry.texts();
    for (String text : texts) {
      try {
        OutputSlice.parse(text);
      } catch (ModelException e) {
        entry.wrong("write a part of an output as in y[:, 4:], y[..., 5:] or y[:, :, 0].");
      }
    }
    return texts;
  }

  /** An input's name, empty for the only one, and its shape where it is told. */
  private record Input(String name, Optional<Shape> shape) {}

  private static Input input(Entry entry) {
    if (!entry.isSection()) {
      return new Input(entry.text().orElse(""), Optional.empty());
    }
    Section section = entry.section();
    Input input =
        new Input(
            section.text("name").orElse(""), section.entry("shape").flatMap(ModelReader::shape));
    section.finish();
    return input;
  }

  /** The shape of one image; the batch axis is added. */
  private static Optional<Shape> shape(Entry entry) {
    List<Long> dims =
        entry.items().stream()
            .flatMap(e -> e.whole(1, LARGEST_SIDE).stream())
            .map(Integer::longValue)
            .toList();
    return dims.size() == entry.items().size()
        ? Optional.of(
            Shape.of(
                LongStream.concat(
                        LongStream.of(Shape.BATCH), dims.stream().mapToLong(Long::longValue))
                    .toArray()))
        : Optional.empty();
  }

  private Map<String, LambdaMeaning> lambdas(Entry entry) {
    Map<String, LambdaMeaning> meanings = new LinkedHashMap<>();
    for (Entry layer : entry.table()) {
      lambda(layer).ifPresent(meaning -> meanings.put(layer.key(), meaning));
    }
    return meanings;
  }

  private Optional<LambdaMeaning> lambda(Entry layer) {
    if (layer.isSection()) {
      Section section = layer.section();
      Optional<Double> scale = section.entry("scale").flatMap(Entry::number);
      Optional<Double> offset = section.entry("offset").flatMap(Entry::number);
      section.finish();
      return Optional.of(new LambdaMeaning.Affine(scale.orElse(1.), offset.orElse(0.)));
    }
    return layer
        .parsed("identity, a scale and offset, or the name of a class", Optional::of)
        .flatMap(
            text ->
                text.equalsIgnoreCase("identity")
                    ? Optional.of(new LambdaMeaning.Identity())
                    : classes
                        .create(layer, text, LambdaMeaning.Function.class)
                        .map(LambdaMeaning.Custom::new));
  }
}
