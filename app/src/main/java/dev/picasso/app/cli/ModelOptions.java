package dev.picasso.app.cli;

import dev.picasso.format.ImportOptions;
import dev.picasso.graph.Shape;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which model, for every command that takes one. */
final class ModelOptions {
  @Parameters(paramLabel = "MODEL", description = "Model file, or folder with a picasso.yaml.")
  private Path path = Path.of("");

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weights of a Keras topology (JSON), where they lie in a file of their own.")
  private Optional<Path> weights = Optional.empty();

  Model load() {
    return load(Map.of());
  }

  /**
   * Loads the model for inputs of these shapes, which may settle sizes that the file leaves open.
   */
  Model load(Map<String, Tensor> inputs) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach(
        (name, x) ->
            shapes.put(name, x.shape().rank() == 0 ? x.shape() : x.shape().with(0, Shape.BATCH)));
    ModelRequest request = ModelRequest.of(path);
    ImportOptions options = request.options().withWeights(weights).withInputShapes(shapes);
    return ModelLoader.standard().load(request.with(options));
  }
}
