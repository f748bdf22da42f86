package dev.picasso.app.cli;

import dev.picasso.PicassoException;
import dev.picasso.catalogue.ModelStore;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ImportedModel;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.ModelRequest;
import dev.picasso.model.NamedValues;
import dev.picasso.model.config.Configuration;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.output.OutputSlice;
import dev.picasso.run.Provenance;
import dev.picasso.runtime.Device;
import dev.picasso.runtime.RuntimeOptions;
import dev.picasso.visualization.Visualizations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which model, for every command that takes one. */
final class ModelOptions {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "Model file or a zip of one, folder with a picasso.yaml, or name of a pulled model.")
  private Path given = Path.of("");

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Which model of a picasso.yaml that has several.")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weights of a Keras topology (JSON), where they lie in a file of their own.")
  private Optional<Path> weights = Optional.empty();

  @Option(
      names = "--target-output",
      paramLabel = "OUTPUT",
      description =
          "Whose numbers are the classes: an output, layer or tensor, or a part of one as NumPy"
              + " writes it, such as 'y[:,4:]'. Default: the model's.")
  private Optional<String> target = Optional.empty();

  @Option(names = "--device", paramLabel = "DEVICE", description = DeviceOption.HELP)
  private Optional<String> device = Optional.empty();

  /** The same model as an earlier command had it. */
  static ModelOptions of(
      Path given, Optional<String> id, Optional<Path> weights, Optional<String> target) {
    ModelOptions options = new ModelOptions();
    options.given = given;
    options.id = id;
    options.weights = weights;
    options.target = target;
    return options;
  }

  /**
   * What was given, for results in a folder.
   *
   * @param held files for inputs that are not explained
   */
  Provenance.Given by(Path folder, Map<String, Path> held) {
    Map<String, String> files = new LinkedHashMap<>();
    held.forEach((input, file) -> files.put(input, RecordedPath.of(folder, file)));
    return new Provenance.Given(
        RecordedPath.of(folder, given),
        id,
        weights.map(file -> RecordedPath.of(folder, file)),
        target,
        files,
        Map.of());
  }

  /** What was given for the model. */
  Path given() {
    return given;
  }

  private Path path() {
    return CatalogueModels.resolve(given, ModelStore.standard());
  }

  /** The device that was named, if one was. */
  Optional<Device> device() {
    return DeviceOption.parse(device);
  }

  /** How the model is run. */
  RuntimeOptions runtime() {
    return RuntimeOptions.defaults().on(configured().device());
  }

  /** What the configuration says of the model; of a mere file, nothing. */
  ConfiguredModel configured() {
    Optional<Device> chosen = device();
    Path path = path();
    Optional<Path> file = Configuration.fileAt(path);
    ConfiguredModel model =
        file.map(
                f ->
                    Configuration.read(f, Visualizations.folder(Home.plugins()).classes())
                        .model(id))
            .orElseGet(() -> ConfiguredModel.of(path));
    if (file.isEmpty() && id.isPresent()) {
      throw new PicassoException(
          "--id picks one of several models of a "
              + Configuration.FILE_NAME
              + "; "
              + path
              + " has none.");
    }
    ModelRequest request = model.request();
    ImportOptions options = request.options();
    ImportOptions weighed = weights.isEmpty() ? options : options.withWeights(weights);
    return model
        .with(request.with(target.map(t -> weighed.withOutputs(List.of(t))).orElse(weighed)))
        .on(chosen.orElse(model.device()));
  }

  /**
   * What a person may have meant otherwise: a file named where its configuration lies beside it.
   */
  Optional<String> note() {
    Path path = path();
    Path beside = path.toAbsolutePath().resolveSibling(Configuration.FILE_NAME);
    return Configuration.fileAt(path).isEmpty() && Files.isRegularFile(beside)
        ? Optional.of(
            "note: the "
                + Configuration.FILE_NAME
                + " beside the model is not used; name it, or the folder, instead of the file.")
        : Optional.empty();
  }

  /**
   * The model as its file has it, with one output: its first, or a layer or tensor. Graphs of many
   * operations may have tensors that no output of the model needs.
   *
   * @throws PicassoException if there is none of that name
   */
  Graph graphFor(Map<String, Tensor> inputs, Optional<String> value) {
    try {
      return graphFor(inputs, List.of(), value);
    } catch (PicassoException e) {
      if (value.isEmpty()) {
        throw e;
      }
      try {
        return graphFor(inputs, List.of(value.get()), Optional.empty());
      } catch (PicassoException second) {
        e.addSuppressed(second);
        throw e;
      }
    }
  }

  private Graph graphFor(Map<String, Tensor> inputs, List<String> outputs, Optional<String> value) {
    ImportedModel model = attempt(inputs, outputs, Home.loader()::read);
    Graph graph = NamedValues.graphFor(model, String.valueOf(path().getFileName()), value);
    return value.isPresent() ? graph : part(graph);
  }

  /** The part of the output that was asked for. */
  private Graph part(Graph graph) {
    Optional<OutputSlice> slice = target.flatMap(OutputSlice::parse);
    if (slice.isEmpty()) {
      return graph;
    }
    OutputSlice.Added part = slice.get().addTo(graph, graph.outputs().get(0));
    return part.graph().withOutputs(List.of(part.value()));
  }

  /**
   * Loads the model for inputs of these shapes, which may settle sizes that neither file nor
   * configuration tell.
   */
  Model load(Map<String, Tensor> inputs) {
    return attempt(inputs, List.of(), Home.loader()::load);
  }

  private <M> M attempt(
      Map<String, Tensor> inputs, List<String> outputs, Function<ModelRequest, M> loader) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach(
        (name, x) ->
            shapes.put(name, x.shape().rank() == 0 ? x.shape() : x.shape().with(0, Shape.BATCH)));
    ModelRequest configured = configured().request();
    ModelRequest request =
        outputs.isEmpty() ? configured : configured.with(configured.options().withOutputs(outputs));
    ImportOptions options = request.options();
    if (!options.inputShapes().isEmpty()) {
      return loader.apply(request);
    }
    try {
      return loader.apply(request.with(options.withInputShapes(shapes)));
    } catch (PicassoException e) {
      Map<String, Shape> exact = new LinkedHashMap<>();
      inputs.forEach((name, x) -> exact.put(name, x.shape()));
      return otherwise(e, loader, request, request.with(options.withInputShapes(exact)));
    }
  }

  /**
   * Arrays may lack an axis of length one, and not every model computes batches of any size; that
   * is no reason to refuse it.
   */
  private static <M> M otherwise(
      PicassoException problem, Function<ModelRequest, M> loader, ModelRequest... requests) {
    for (ModelRequest request : requests) {
      try {
        return loader.apply(request);
      } catch (PicassoException e) {
        problem.addSuppressed(e);
      }
    }
    throw problem;
  }
}
