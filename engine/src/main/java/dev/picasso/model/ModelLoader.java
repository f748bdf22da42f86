package dev.picasso.model;

import dev.picasso.Stop;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import dev.picasso.format.ModelFormat;
import dev.picasso.format.keras.KerasFormat;
import dev.picasso.format.onnx.OnnxFormat;
import dev.picasso.format.tensorflow.TensorFlowFormat;
import dev.picasso.format.tflite.TfliteFormat;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Value;
import dev.picasso.graph.pass.Evaluator;
import dev.picasso.image.Layout;
import dev.picasso.model.foreign.ForeignFile;
import dev.picasso.model.foreign.ForeignFiles;
import dev.picasso.model.layers.Layers;
import dev.picasso.model.output.OutputSlice;
import dev.picasso.runtime.OneOff;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Opens model files of every known format and makes them ready to be explained. */
public final class ModelLoader {
  private static final int HEAD = 4096;
  private static final int MOST_NAMED = 10;

  private final List<ModelFormat> formats;
  private final Stop stop;
  private final List<ModelAdapter> adapters;

  public ModelLoader(List<ModelFormat> formats) {
    this(formats, new Stop(), List.of());
  }

  private ModelLoader(List<ModelFormat> formats, Stop stop, List<ModelAdapter> adapters) {
    this.formats = List.copyOf(formats);
    this.stop = stop;
    this.adapters = List.copyOf(adapters);
  }

  /** The same, asking adapters how to use each model. */
  public ModelLoader adaptedBy(List<ModelAdapter> others) {
    return new ModelLoader(formats, stop, others);
  }

  /** Whether this would load a model with another adapter than it has. */
  public boolean wouldAdapt(Model model) {
    return model
        .adapter()
        .map(used -> !adapters.contains(used))
        .orElseGet(() -> Adapting.choose(adapters, model.path(), model.imported()).isPresent());
  }

  /** With all formats that Picasso brings. */
  public static ModelLoader standard() {
    return standard(new Stop());
  }

  /**
   * With all formats that Picasso brings.
   *
   * @param stop ends loading early, with a {@link dev.picasso.StoppedException}
   */
  public static ModelLoader standard(Stop stop) {
    Evaluator evaluator = new OneOff(stop);
    return new ModelLoader(
        List.of(
            new KerasFormat(),
            new OnnxFormat(evaluator),
            new TensorFlowFormat(evaluator),
            new TfliteFormat(evaluator)),
        stop,
        List.of());
  }

  /**
   * Loads a model.
   *
   * @throws ModelException if the file is missing, of no known format, or cannot be read
   */
  public Model load(ModelRequest request) {
    stop.check();
    try (OpenedFiles files = open(request)) {
      return load(files.request(), request.path(), readFile(files));
    }
  }

  /**
   * A model that was read.
   *
   * @param path what the person named
   */
  private Model load(ModelRequest request, Path path, ImportedModel read) {
    stop.check();
    Optional<ModelAdapter> adapter = Adapting.choose(adapters, path, read);
    ImportedModel imported = adapter.map(a -> Adapting.adapted(a, read)).orElse(read);
    OneOff evaluator = new OneOff(stop);
    Preparation prepared = Preparation.of(imported, evaluator);
    Graph graph = prepared.graph();
    stop.check();
    Optional<InputSpec> input = ImageInputs.explained(graph);
    boolean channelsFirst = input.map(i -> i.layout() == Layout.NCHW).orElse(false);
    boolean labelled = ClassNames.areGiven(request, imported);
    TargetSearch.Target target =
        new TargetSearch(graph, imported, labelled, evaluator)
            .find(request.options().outputs(), request.head());
    Scores scores =
        Scores.addTo(target.graph(), input, target.head(), channelsFirst, target.said());
    ClassNames names = ClassNames.of(request, imported, scores);
    return new Model(
        request.id(),
        request.title(),
        path,
        modified(path),
        imported.withNotes(names.notes()),
        graph,
        input,
        target.head(),
        scores,
        names.names(),
        layers(path, imported, prepared, scores, input),
        adapter);
  }

  private static Layers layers(
      Path path,
      ImportedModel imported,
      Preparation prepared,
      Scores scores,
      Optional<InputSpec> input) {
    String file = String.valueOf(path.getFileName());
    return Layers.of(file, imported, prepared.unfolded(), scores.graph(), scores.scores(), input);
  }

  /**
   * Reads a file as it is, which need be no classifier.
   *
   * @throws ModelException if the file is missing, of no known format, or cannot be read
   */
  public ImportedModel read(ModelRequest request) {
    try (OpenedFiles files = open(request)) {
      return readFile(files);
    }
  }

  private OpenedFiles open(ModelRequest request) {
    if (!Files.exists(request.path())) {
      throw new ModelException(request.path() + ": there is no such file.");
    }
    return OpenedFiles.of(request, this::recognises);
  }

  private ImportedModel readFile(OpenedFiles files) {
    ModelRequest request = files.request();
    ImportedModel imported = importFile(request);
    if (imported.graph().outputs().isEmpty()) {
      throw new ModelException(request.path().getFileName() + ": the model has no output.");
    }
    requireInputs(request.path(), imported.graph(), request.options().inputs());
    return imported.withNotes(files.notes());
  }

  /** What the configuration calls an input must be one, so that a mistyped name is not ignored. */
  private static void requireInputs(Path path, Graph graph, List<String> wanted) {
    List<String> inputs = graph.inputs().stream().map(Value::name).toList();
    List<String> missing =
        wanted.stream()
            .filter(w -> !inputs.contains(w) && !inputs.contains(w.replaceFirst(":0$", "")))
            .toList();
    if (!missing.isEmpty()) {
      throw new ModelException(
          "%s: has no input %s; its inputs are %s."
              .formatted(
                  path.getFileName(), String.join(", ", missing), String.join(", ", inputs)));
    }
  }

  private ImportedModel importFile(ModelRequest request) {
    Path path = request.path();
    byte[] head = head(path);
    try {
      ImportOptions options = request.options();
      List<String> outputs = options.outputs().stream().map(OutputSlice::nameIn).toList();
      return format(request, head).read(path, options.withOutputs(outputs));
    } catch (OutOfMemoryError e) {
      throw new ModelException(
          path.getFileName()
              + ": needs more memory than there is; give Java more with PICASSO_OPTS=-Xmx…",
          e);
    }
  }

  private ModelFormat format(ModelRequest request, byte[] head) {
    Path path = request.path();
    if (request.format().isPresent()) {
      String wanted = request.format().get();
      return formats.stream()
          .filter(f -> f.name().equals(wanted))
          .findFirst()
          .orElseThrow(
              () ->
                  new ModelException(
                      "There is no format " + wanted + "; there are " + names() + "."));
    }
    return formats.stream()
        .filter(f -> f.recognises(path, head))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    ForeignFiles.problem(path, head)
                        .orElseGet(
                            () ->
                                path.getFileName()
                                    + ": "
                                    + unknown(path, head)
                                    + " Picasso reads "
                                    + names()
                                    + ".")));
  }

  private String unknown(Path path, byte[] head) {
    if (Files.isDirectory(path)) {
      return "is a folder without a picasso.yaml and no model by itself." + inside(path);
    }
    return head.length == 0
        ? "the file is empty (0 bytes)."
        : "is no model, or a damaged one; its content decides, not its name.";
  }

  /** The models in a folder, which a person may have meant. */
  private String inside(Path folder) {
    List<String> models =
        ModelFolder.at(folder).list("").stream()
            .filter(name -> recognises(folder.resolve(name)))
            .limit(MOST_NAMED)
            .toList();
    return models.isEmpty() ? "" : " It holds " + String.join(", ", models) + "; name one of them.";
  }

  /**
   * Whether a file, or folder, is a model by its beginning, or one of a kind that is only known:
   * then {@link #load} has words for it.
   */
  public boolean recognises(Path path) {
    byte[] head = head(path);
    return formats.stream().anyMatch(f -> f.recognises(path, head))
        || ForeignFiles.recognise(path, head).filter(ForeignFile::isModel).isPresent();
  }

  private String names() {
    return formats.stream().map(ModelFormat::name).collect(Collectors.joining(", "));
  }

  private static byte[] head(Path path) {
    if (Files.isDirectory(path)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(HEAD);
    } catch (IOException e) {
      throw new ModelException(path.getFileName() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Instant modified(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (IOException e) {
      throw new ModelException(path.getFileName() + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
