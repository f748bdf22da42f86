package dev.picasso.model;

import dev.picasso.Words;
import dev.picasso.format.ImportedModel;
import dev.picasso.format.LayerInfo;
import dev.picasso.format.ModelException;
import dev.picasso.graph.Graph;
import dev.picasso.graph.GraphBuilder;
import dev.picasso.graph.Value;
import dev.picasso.model.layers.Layers;
import java.util.List;
import java.util.Optional;

/** The values of a model under the names that its file gives them, in the file's own layout. */
public final class NamedValues {
  private NamedValues() {}

  /**
   * The model as its file has it, with one output.
   *
   * @param file what messages call it
   * @param name a layer or tensor; empty for the model's first output
   * @throws ModelException if there is none of that name
   */
  public static Graph graphFor(ImportedModel model, String file, Optional<String> name) {
    Graph graph = model.graph();
    if (name.isEmpty()) {
      return graph.withOutputs(List.of(graph.outputs().get(0)));
    }
    Optional<LayerInfo> layer = layer(model, name.get());
    if (layer.isPresent() && layer.get().channelsMoved()) {
      GraphBuilder g = GraphBuilder.from(graph);
      return g.build(channelsLast(g, g.lookUp(layer.get().value())));
    }
    String value =
        layer
            .map(LayerInfo::value)
            .or(() -> tensor(graph, name.get()))
            .orElseThrow(() -> unknown(model, file, name.get()));
    return graph.withOutputs(List.of(value));
  }

  /** TensorFlow's name of a layer's first output, "conv1:0", is one of the layer too. */
  private static Optional<LayerInfo> layer(ImportedModel model, String name) {
    return layerNamed(model, name)
        .or(() -> name.endsWith(":0") ? layerNamed(model, withoutOutput(name)) : Optional.empty());
  }

  private static Optional<LayerInfo> layerNamed(ImportedModel model, String name) {
    return model.layers().stream().filter(l -> l.name().equals(name)).findFirst();
  }

  private static String withoutOutput(String name) {
    return name.substring(0, name.length() - 2);
  }

  private static Optional<String> tensor(Graph graph, String name) {
    return graph.find(name).map(Value::name);
  }

  private static ModelException unknown(ImportedModel model, String file, String name) {
    List<String> names = model.layers().stream().map(LayerInfo::name).toList();
    return new ModelException(
        file + ": has no layer or tensor " + Words.shown(name) + "." + Layers.hint(name, names));
  }

  /** [N, C, …] as [N, …, C]. */
  private static Value channelsLast(GraphBuilder g, Value value) {
    int[] permutation = new int[value.rank()];
    for (int i = 1; i < permutation.length; i++) {
      permutation[i] = i + 1 < permutation.length ? i + 1 : 1;
    }
    return g.transpose(value, permutation);
  }
}
