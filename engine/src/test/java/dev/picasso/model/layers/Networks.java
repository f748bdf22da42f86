package dev.picasso.model.layers;

import dev.picasso.format.npy.NpzFile;
import dev.picasso.graph.Graph;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.model.ModelLoader;
import dev.picasso.model.ModelRequest;
import dev.picasso.runtime.CompiledGraph;
import dev.picasso.runtime.RuntimeOptions;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The networks that {@code tools/oracle/torch_layers.py} wrote. */
final class Networks {
  private Networks() {}

  static Model model(String name) {
    return ModelLoader.standard().load(ModelRequest.of(file(name + ".onnx")));
  }

  static Map<String, Tensor> oracle(String name) {
    return NpzFile.read(file(name + ".npz"));
  }

  private static Path file(String name) {
    try {
      return Path.of(Optional.ofNullable(Networks.class.getResource(name)).orElseThrow().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
    try (CompiledGraph compiled = CompiledGraph.of(graph, RuntimeOptions.defaults())) {
      return compiled.run(inputs);
    }
  }
}
